// Sends files in parts, so that an interruption costs one of them. Without this file the form
// sends them whole.

const PART_BYTES = 8 * 1024 * 1024
const FIRST_PAUSE_MS = 500
const LONGEST_PAUSE_MS = 15_000

const form = document.getElementById('upload-form')
const input = document.getElementById('upload-file')
const error = document.getElementById('upload-error')
const progress = document.getElementById('upload-progress')
const bar = document.getElementById('upload-bar')
const told = document.getElementById('upload-told')
const send = document.getElementById('button-upload')
const percent = new Intl.NumberFormat(document.documentElement.lang, { style: 'percent' })
// What comes behind the address, such as a template, is for the job.
const [uploads, forJob = ''] = form ? form.action.split('?') : []
let stopping

// What cannot be mended by trying again, in the server's own words.
class Refusal extends Error {}

form?.addEventListener('submit', async (event) => {
  event.preventDefault()
  const files = [...input.files]
  if (files.length === 0 || stopping) return
  const isTooLarge = files.some(({ size }) => size > Number(form.dataset.limit))
  error.textContent = isTooLarge ? form.dataset.tooLarge : ''
  if (error.textContent) return
  stopping = new AbortController()
  show(0)
  try {
    location.assign(await upload(files, stopping.signal))
  } catch (reason) {
    if (!stopping.signal.aborted)
      error.textContent = reason instanceof Refusal ? reason.message : form.dataset.failed
    stopping = undefined
    show()
    input.focus()
  }
})

// Text browsers also show hidden elements, so the script inserts its text.
const stop = document.getElementById('button-stop-upload')
if (stop) stop.textContent = stop.dataset.text
const resumes = document.getElementById('upload-resumes')
if (resumes) resumes.textContent = resumes.dataset.text
stop?.addEventListener('click', () => stopping?.abort())

// A page that is left in the middle is asked about.
addEventListener('beforeunload', (event) => {
  if (stopping && !stopping.isDone) event.preventDefault()
})

// One file after the other; the last one brings the job of all.
async function upload(files, signal) {
  const whole = files.reduce((sum, { size }) => sum + size, 0)
  const sent = []
  let before = 0
  try {
    for (const file of files) {
      const id = await sendFile(file, signal, (bytes) => show((before + bytes) / whole))
      sent.push({ id, size: file.size })
      before += file.size
    }
    const last = sent.at(-1)
    const others = sent.slice(0, -1).map(({ id, size }) => `${id}:${size}`)
    const body = new URLSearchParams({ size: String(last.size), before: others.join(' ') })
    const { path } = await patiently(
      () =>
        ask(`${uploads}/${last.id}/job${forJob && `?${forJob}`}`, { method: 'POST', body, signal }),
      signal,
    )
    for (const file of files) localStorage.removeItem(keyOf(file))
    stopping.isDone = true
    return path
  } catch (reason) {
    const ids = files.map((file) => localStorage.getItem(keyOf(file))).filter(Boolean)
    if (signal.aborted || reason instanceof Refusal) {
      for (const file of files) localStorage.removeItem(keyOf(file))
    }
    if (signal.aborted) {
      for (const id of ids) await ask(`${uploads}/${id}/cancel`, { method: 'POST', body: '' })
    }
    throw reason
  }
}

function keyOf({ name, size, lastModified }) {
  return `upload ${name} ${size} ${lastModified}`
}

async function sendFile(file, signal, progressed) {
  const { id } = await begun(keyOf(file), file, signal)
  const own = `${uploads}/${id}`
  let { size } = await patiently(() => ask(own, { signal }), signal)
  while (size < file.size) {
    const part = file.slice(size, size + PART_BYTES)
    const answer = await patiently(() => sendPart(own, part, size, progressed, signal), signal)
    size = answer?.size ?? (await patiently(() => ask(own, { signal }), signal)).size
    progressed(size)
  }
  return id
}

// An upload that was interrupted with its page goes on where it was.
async function begun(key, file, signal) {
  const known = localStorage.getItem(key)
  const found = known && (await patiently(() => find(`${uploads}/${known}`, signal), signal))
  if (found) return found
  const body = new URLSearchParams({ name: file.name, size: String(file.size) })
  const made = await patiently(
    () => ask(`${uploads}/parts`, { method: 'POST', body, signal }),
    signal,
  )
  localStorage.setItem(key, made.id)
  return made
}

async function find(url, signal) {
  try {
    return await ask(url, { signal })
  } catch (reason) {
    if (reason instanceof Refusal) return undefined
    throw reason
  }
}

// Tries again while the connection or the server is away, and says that it does.
async function patiently(act, signal) {
  for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(2 * pause, LONGEST_PAUSE_MS)) {
    try {
      return await act()
    } catch (reason) {
      if (signal.aborted || reason instanceof Refusal) throw reason
      told.textContent = form.dataset.waiting
      await new Promise((resolve) => setTimeout(resolve, pause))
      if (signal.aborted) throw signal.reason
    }
  }
}

async function ask(url, options = {}) {
  const answer = await fetch(url, options)
  return read(answer.status, answer.url, await answer.text())
}

// Only XMLHttpRequest tells how much of a body is sent. A part that ends otherwise than it should
// is asked for anew: some of it may have arrived.
function sendPart(url, part, offset, progressed, signal) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    const stop = () => request.abort()
    const end = (settle) => () => {
      signal.removeEventListener('abort', stop)
      settle()
    }
    request.open('POST', url)
    request.setRequestHeader('Content-Type', 'application/octet-stream')
    request.setRequestHeader('Upload-Offset', String(offset))
    request.upload.addEventListener('progress', ({ loaded }) => progressed(offset + loaded))
    request.addEventListener(
      'load',
      end(() => {
        try {
          resolve(read(request.status, url, request.responseText))
        } catch (reason) {
          reject(reason)
        }
      }),
    )
    request.addEventListener(
      'error',
      end(() => resolve(undefined)),
    )
    request.addEventListener(
      'abort',
      end(() => reject(signal.reason)),
    )
    signal.addEventListener('abort', stop)
    request.send(part)
  })
}

// A refusal comes as a page, and the sentence on it is what is shown.
function read(status, url, text) {
  if (status === 408 || status >= 500) throw new Error(String(status))
  if (status >= 400) {
    const page = new DOMParser().parseFromString(text, 'text/html')
    const sentence = page.querySelector('main [role="alert"]')?.textContent.trim()
    throw new Refusal(sentence || form.dataset.failed)
  }
  return JSON.parse(text)
}

function show(share) {
  const isUnderWay = share !== undefined
  progress.hidden = !isUnderWay
  send.hidden = isUnderWay
  input.disabled = isUnderWay
  if (!isUnderWay) return
  bar.value = share
  told.textContent = form.dataset.progress.replace('{percent}', percent.format(share))
}
