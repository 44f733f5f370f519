import { Option } from 'commander'

/** As the server and a worker know it alike. */
export function keepDaysOption(): Option {
  return new Option(
    '--keep-days <n>',
    'purge jobs that are over for so many days (default: $TALLYMAN_KEEP_DAYS, else keep them)',
  )
}
