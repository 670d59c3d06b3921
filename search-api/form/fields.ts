import { attributes, type Html, html } from './html.ts'

/** One thing to mend in the form: the field's id, and a sentence in the language of the page. */
export interface FieldError {
  field: string
  message: string
  /** Values to choose from, where near ones are known. */
  choices?: { value: string; label: string }[]
}

interface FieldOptions {
  id: string
  label: string
  value: string
  hint?: string | undefined
  error?: FieldError | undefined
}

interface InputOptions extends FieldOptions {
  name?: string
  /** Attributes of the input: `inputmode`, `list`, `data-suggest`… */
  extra?: Record<string, string | number | boolean | null>
  className?: string
}

/** A labelled text input with its hint and error, which the label and `aria-describedby` tie to it. */
export function textField({
  id,
  name = id,
  label,
  value,
  hint,
  error,
  extra = {},
  className = '',
}: InputOptions): Html {
  const described = describedBy(id, hint, error)
  const given = attributes({
    ...extra,
    id,
    name,
    value: value || null,
    type: 'text',
    'aria-describedby': described,
    'aria-invalid': error ? 'true' : null,
  })
  return html`<div class="field ${className}">
<label for="${id}">${label}</label>
${hintAndError(id, hint, error)}
<input${given}>
</div>`
}

export interface Option {
  value: string
  label: string
}

/** A labelled list of choices. */
export function selectField({ id, label, value, hint, error, options }: FieldOptions & { options: Option[] }): Html {
  const given = attributes({
    id,
    name: id,
    'aria-describedby': describedBy(id, hint, error),
    'aria-invalid': error ? 'true' : null,
  })
  return html`<div class="field">
<label for="${id}">${label}</label>
${hintAndError(id, hint, error)}
<select${given}>
${options.map((option) => html`<option${attributes({ value: option.value, selected: option.value === value })}>${option.label}</option>\n`)}</select>
</div>`
}

/** A group of radio buttons in its own fieldset. */
export function radioField({ id, label, value, options }: FieldOptions & { options: Option[] }): Html {
  return html`<fieldset class="field radios">
<legend>${label}</legend>
${options.map(
  (option, at) =>
    html`<div class="radio"><input${attributes({ type: 'radio', id: at === 0 ? id : `${id}-${at}`, name: id, value: option.value, checked: option.value === value })}><label for="${at === 0 ? id : `${id}-${at}`}">${option.label}</label></div>\n`,
)}</fieldset>`
}

function describedBy(id: string, hint: string | undefined, error: FieldError | undefined): string | null {
  return [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || null
}

function hintAndError(id: string, hint: string | undefined, error: FieldError | undefined): Html {
  return html`${hint && html`<p class="hint" id="${id}-hint">${hint}</p>`}${error && html`<p class="error" id="${id}-error">${error.message}</p>`}`
}
