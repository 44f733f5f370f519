// The few things that no attribute can say. Every page works without this file.

// A tab that nobody looks at asks for nothing.
document.addEventListener('htmx:before:request', (event) => {
  const { ctx } = event.detail
  const isPoll = ctx?.sourceElement?.matches('[hx-trigger^="every"]')
  if (isPoll && document.hidden) event.preventDefault()
})

// A server that is away is shown as such until it answers again.
const away = (isAway) => {
  const notice = document.getElementById('server-away')
  if (!notice) return
  notice.textContent = isAway ? notice.dataset.text : ''
  notice.hidden = !isAway
}
document.addEventListener('htmx:error', () => away(true))
document.addEventListener('htmx:after:request', (event) => {
  away((event.detail.ctx?.response?.status ?? 0) >= 500)
})

// The second click of a double one is meant for the button that is gone, not for what took its place.
document.addEventListener('click', (event) => {
  if (event.detail > 1 && event.target.closest('[type="submit"]')) event.preventDefault()
})

// Another language takes along what was typed.
document.addEventListener('formdata', ({ target, formData }) => {
  const form = document.getElementById(target.dataset.form)
  if (!form) return
  const names = [...form.elements].map(({ name }) => name)
  for (const name of names) formData.delete(name)
  for (const [name, value] of new FormData(form)) formData.set(name, value)
})

// One box ticks all rows of the page. How many are ticked is said, since the list goes on.
document.addEventListener('change', ({ target }) => {
  const count = document.getElementById('bulk-count')
  if (!count?.closest('form').contains(target)) return
  const boxes = [...document.querySelectorAll('#job-rows input[name="id"]')]
  if (target.id === 'select-all') for (const box of boxes) box.checked = target.checked
  const all = document.getElementById('select-matching')
  const ticked = all?.checked ? all.value.split('.') : boxes.filter(({ checked }) => checked)
  count.textContent = count.dataset.text.replace('{n}', String(ticked.length))
})

// A swap may take away what has the focus: it goes to what stands for that, and not to the top.
let heirs = []
document.addEventListener('htmx:before:swap', () => {
  const { focusTo = '' } = document.activeElement?.closest('[data-focus-to]')?.dataset ?? {}
  heirs = focusTo.split(' ')
})
document.addEventListener('htmx:after:swap', () => {
  if (document.activeElement !== document.body) return
  const heir = heirs.map((id) => document.getElementById(id)).find((element) => element !== null)
  heir?.focus({ preventScroll: true })
})

// A question is asked above the page once it is there; what does nothing takes it away again.
const dialog = document.getElementById('question-dialog')
document.addEventListener('htmx:after:swap', () => {
  if (dialog?.childElementCount && !dialog.open) dialog.showModal()
})
dialog?.addEventListener('click', (event) => {
  if (event.target !== dialog && event.target.id !== 'button-keep') return
  event.preventDefault()
  dialog.close()
})
dialog?.addEventListener('close', () => dialog.replaceChildren())

// A menu closes with the next click, wherever that is.
document.addEventListener('click', ({ target }) => {
  for (const menu of document.querySelectorAll('.more[open]'))
    if (!menu.querySelector('summary').contains(target)) menu.open = false
})

// Printing is the one thing that no address can ask for.
const printPlace = document.getElementById('print-place')
if (printPlace) {
  const button = document.createElement('button')
  button.type = 'button'
  button.id = 'print'
  button.className = 'button button-primary'
  button.textContent = printPlace.dataset.text
  button.addEventListener('click', () => window.print())
  printPlace.replaceWith(button)
}
