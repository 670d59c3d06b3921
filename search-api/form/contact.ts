import type { Language } from '../../domain/question.ts'
import { type Html, html } from './html.ts'
import { say } from './words.ts'

/** Who to call or write to, as published. */
export function contact(
  lang: Language,
  {
    kind,
    name,
    phone,
    email,
  }: { kind: 'partner' | 'public'; name: string | null; phone: string | null; email: string | null },
): Html | null {
  if (name === null && phone === null && email === null) return null
  const label =
    kind === 'partner'
      ? say(lang, 'Contact par le promoteur', 'Contact through the sponsor')
      : say(lang, 'Contact publié', 'Published contact')
  return html`<p class="contact">${say(lang, `${label} :`, `${label}:`)} ${name}${phone && html` <a href="tel:${dialled(phone)}">${phone}</a>`}${email && html` <a href="mailto:${email}">${email}</a>`}</p>`
}

/** What a telephone needs of `+33 1 23 45 67 89 (+33)` or `01 23 45 67 89 ext. 12`: the first number. */
function dialled(phone: string): string {
  const [first = ''] = phone.split(/ext|poste|\/|;|,| \(\+/i)
  return first.replaceAll(/[^+\d]/g, '')
}
