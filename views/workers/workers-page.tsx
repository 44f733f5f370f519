import type { SeenWorker } from '../../src/domain/jobs/seen-worker.ts'
import { shown } from '../../src/i18n/shown.ts'
import { dateTime, type Ui } from '../ground/ui.ts'
import { Page } from '../parts/layout.tsx'

type WorkersPageProps = { ui: Ui; workers: SeenWorker[] }

/** Every worker of the database, on whatever machine, with its job. */
export function WorkersPage({ ui, workers }: WorkersPageProps) {
  const words = ui.text.workers
  return (
    <Page ui={ui} title={words.title}>
      <h1 id="workers-title">{words.title}</h1>
      <p>{workers.length === 0 ? words.none : words.about}</p>
      {workers.length > 0 && (
        <div class="scroller">
          <table class="table stacked" aria-labelledby="workers-title">
            <thead>
              <tr>
                {[
                  words.state,
                  words.name,
                  words.host,
                  words.version,
                  words.since,
                  words.last,
                  words.job,
                ].map((heading) => (
                  <th scope="col">{heading}</th>
                ))}
              </tr>
            </thead>
            <tbody>
              {workers.map((worker) => (
                <WorkerRow ui={ui} worker={worker} />
              ))}
            </tbody>
          </table>
        </div>
      )}
    </Page>
  )
}

function WorkerRow({ ui, worker }: { ui: Ui; worker: SeenWorker }) {
  const words = ui.text.workers
  const { name, host, version, started_at, heartbeat_at, isAlive, job } = worker
  return (
    <tr>
      <td data-name={words.state}>{isAlive ? words.lives : words.silent}</td>
      <td data-name={words.name}>{shown(name)}</td>
      <td data-name={words.host}>{shown(host)}</td>
      <td data-name={words.version}>{version}</td>
      <td data-name={words.since}>{dateTime(ui, started_at)}</td>
      <td data-name={words.last}>{dateTime(ui, heartbeat_at)}</td>
      <td data-name={words.job}>
        {job === null ? (
          '–'
        ) : (
          <a href={`${ui.base}/jobs/${job.id}`}>{shown(`${job.id} ${job.label}`)}</a>
        )}
      </td>
    </tr>
  )
}
