/** Why the server does not start with its configuration, or does not take a request. */
export const PROBLEMS_OF_THE_SERVER = {
  // Requests and forms that are not even read
  foreign_host: { host: 'text' },
  several_hosts: {},
  foreign_form: {},
  form_too_large: { kilobytes: 'number' },
  form_too_slow: { seconds: 'number' },
  right_missing: { right: 'text' },
  // The server and its configuration
  no_base_path: {},
  no_origins: {},
  no_hosts: {},
  no_header_name: {},
  no_networks: {},
  no_time_zone: {},
  port_taken: { host: 'text', port: 'id' },
  port_forbidden: { port: 'id' },
  no_host: { host: 'text' },
} as const
