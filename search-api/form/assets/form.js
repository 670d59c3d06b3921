// Suggestions while typing, looked up in lists that were loaded whole: nothing typed leaves the browser before the
// form is sent. Without this script the form does the same, with one more step.

const MOST = 8
const form = document.querySelector('form.search')
const words =
  document.documentElement.lang === 'fr'
    ? { count: (n) => (n === 0 ? 'Aucune suggestion' : `${n} suggestion${n > 1 ? 's' : ''}`), also: 'aussi appelé' }
    : { count: (n) => (n === 0 ? 'No suggestion' : `${n} suggestion${n > 1 ? 's' : ''}`), also: 'also called' }

/** `Saint-Étienne` → `saint etienne`, so that accents, hyphens and "St" do not matter. */
function plain(text) {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/œ/g, 'oe')
    .replace(/[^a-z0-9+]+/g, ' ')
    .trim()
    .replace(/(^| )st(e?) /g, '$1saint$2 ')
}

const loading = new Map()

/** The entries of a list: `{ text, names, keys }`, most likely first. Loaded when first needed. */
function list(name) {
  if (!loading.has(name)) loading.set(name, name === 'places' ? loadPlaces() : loadTerms(name))
  return loading.get(name)
}

async function loadPlaces() {
  const answer = await fetch(form.dataset.places)
  const lines = (await answer.text()).split('\n')
  return lines.map((line) => {
    const [name, departement, codes] = line.split('\t')
    const postalCodes = codes ? codes.split(' ') : []
    const text = `${name} (${postalCodes.length === 1 ? postalCodes[0] : departement})`
    return { text, names: [name], keys: [plain(name), ...postalCodes] }
  })
}

async function loadTerms(name) {
  const answer = await fetch(form.dataset.vocabulary)
  const terms = (await answer.json())[name]
  return terms.map(([text, ...others]) => ({ text, names: [text, ...others], keys: [text, ...others].map(plain) }))
}

/** The entries one of whose names begins as typed, then those that hold all words typed. */
function find(entries, typed) {
  const wanted = plain(typed)
  if (wanted === '') return []
  const parts = wanted.split(' ')
  const beginning = []
  const holding = []
  for (const entry of entries) {
    const starts = entry.keys.findIndex((key) => key.startsWith(wanted))
    if (starts >= 0) beginning.push({ entry, at: starts })
    else if (holding.length < MOST) {
      const holds = entry.keys.findIndex((key) => parts.every((part) => ` ${key}`.includes(` ${part}`)))
      if (holds >= 0) holding.push({ entry, at: holds })
    }
    if (beginning.length >= MOST * 4) break
  }
  beginning.sort((a, b) => Math.sign(a.at) - Math.sign(b.at))
  return [...beginning, ...holding].slice(0, MOST)
}

function combobox(input) {
  const box = document.createElement('ul')
  const status = document.createElement('p')
  box.className = 'suggestions'
  box.id = `${input.id}-list`
  box.hidden = true
  box.setAttribute('role', 'listbox')
  box.setAttribute('aria-label', document.querySelector(`label[for="${input.id}"]`)?.textContent ?? '')
  status.className = 'hidden'
  status.setAttribute('role', 'status')
  input.after(box, status)
  for (const [name, value] of Object.entries({
    role: 'combobox',
    autocomplete: 'off',
    'aria-autocomplete': 'list',
    'aria-expanded': 'false',
    'aria-controls': box.id,
  })) {
    input.setAttribute(name, value)
  }
  let chosen = -1

  const close = () => {
    box.hidden = true
    chosen = -1
    input.setAttribute('aria-expanded', 'false')
    input.removeAttribute('aria-activedescendant')
  }

  const mark = (at) => {
    const options = [...box.children]
    chosen = options.length === 0 ? -1 : (at + options.length) % options.length
    options.forEach((option, position) => {
      option.setAttribute('aria-selected', String(position === chosen))
      if (position !== chosen) return
      input.setAttribute('aria-activedescendant', option.id)
      option.scrollIntoView({ block: 'nearest' })
    })
  }

  const take = (option) => {
    input.value = option.dataset.text
    status.textContent = ''
    close()
    input.focus()
  }

  const suggest = async () => {
    const typed = input.value
    if (typed.trim().length < 2) return close()
    const entries = await list(input.dataset.suggest).catch(() => [])
    if (input.value !== typed || document.activeElement !== input) return
    const found = find(entries, typed)
    if (found.length === 1 && plain(found[0].entry.text) === plain(typed)) return close()
    box.replaceChildren(...found.map(({ entry, at }, position) => option(entry, at, position)))
    box.hidden = found.length === 0
    chosen = -1
    input.setAttribute('aria-expanded', String(found.length > 0))
    input.removeAttribute('aria-activedescendant')
    status.textContent = words.count(found.length)
  }

  const option = (entry, at, position) => {
    const item = document.createElement('li')
    item.id = `${box.id}-${position}`
    item.dataset.text = entry.text
    item.setAttribute('role', 'option')
    item.setAttribute('aria-selected', 'false')
    item.textContent = entry.text
    if (at > 0 && entry.names[at]) {
      const also = document.createElement('small')
      also.textContent = `${words.also} ${entry.names[at]}`
      item.append(also)
    }
    return item
  }

  input.addEventListener('input', suggest)
  input.addEventListener('focus', () => list(input.dataset.suggest).catch(() => loading.delete(input.dataset.suggest)))
  input.addEventListener('blur', close)
  // Before the input loses the focus: a press on the list must not close it first.
  box.addEventListener('mousedown', (event) => event.preventDefault())
  box.addEventListener('click', (event) => {
    const item = event.target.closest('[role="option"]')
    if (item) take(item)
  })
  input.addEventListener('keydown', (event) => {
    if (box.hidden) return
    if (event.key === 'ArrowDown') mark(chosen + 1)
    else if (event.key === 'ArrowUp') mark(chosen === -1 ? -1 : chosen - 1)
    else if (event.key === 'Enter' && chosen >= 0) take(box.children[chosen])
    else if (event.key === 'Escape') close()
    else return
    event.preventDefault()
  })
}

/** One more line for a biomarker, without a new page. */
function addBiomarker(event) {
  event.preventDefault()
  const lines = form.querySelectorAll('.biomarker')
  const last = lines[lines.length - 1]
  const line = last.cloneNode(true)
  const number = lines.length
  for (const node of line.querySelectorAll('.suggestions, [role="status"]')) node.remove()
  for (const node of line.querySelectorAll('[id], [for]')) {
    for (const name of ['id', 'for']) {
      const value = node.getAttribute(name)
      if (value) node.setAttribute(name, value.replace(/\d+/, String(number)))
    }
    if (node.tagName === 'LABEL') node.textContent = node.textContent.replace(/\d+/, String(number + 1))
  }
  const input = line.querySelector('input')
  input.value = ''
  input.removeAttribute('aria-invalid')
  last.after(line)
  combobox(input)
  input.focus()
}

if (form) {
  for (const input of form.querySelectorAll('[data-suggest]')) combobox(input)
  form.querySelector('[data-add-biomarker]')?.addEventListener('click', addBiomarker)
}
