/**
 * The page on which a person answers a question: for phones, without a script, with nothing loaded
 * from elsewhere, in the language of the browser.
 */
import { labelsOf, type Language, type Question } from '../contracts/question';
import { escapeXml } from '../wire/escapeXml';

const TEXTS = {
	en: {
		title: 'Your answer',
		asks: (workflow: string) => `The workflow “${workflow}” asks:`,
		placeholder: 'Your answer',
		send: 'Send',
		approved: 'Approved. You can close this page.',
		declined: 'Declined. You can close this page.',
		answered: 'Your answer is recorded. You can close this page.',
		noChoice: 'Nothing was chosen, so nothing has changed. Press one of the buttons.',
		noText: 'There is no answer yet. Write it into the field.',
		tooLong: 'The answer is too long, so nothing has changed. Shorten it.',
		over: 'This question was answered already, or is no longer asked. Nothing has changed.',
		failed: 'It could not be recorded. Nothing has changed: please try again in a minute.',
	},
	zh: {
		title: '请回复',
		asks: (workflow: string) => `工作流“${workflow}”询问：`,
		placeholder: '您的答复',
		send: '提交',
		approved: '已同意。您可以关闭此页面。',
		declined: '已拒绝。您可以关闭此页面。',
		answered: '您的答复已提交。您可以关闭此页面。',
		noChoice: '没有选择任何按钮，因此没有任何更改。请点击其中一个按钮。',
		noText: '还没有填写答复。请填写后提交。',
		tooLong: '答复太长，因此没有任何更改。请缩短。',
		over: '该问题已有答复，或已不再需要答复。没有任何更改。',
		failed: '暂时无法提交，没有任何更改。请一分钟后再试。',
	},
} as const;

export type Outcome = Exclude<
	keyof (typeof TEXTS)['en'],
	'title' | 'asks' | 'placeholder' | 'send'
>;

/** Chinese where the browser prefers it, else English. */
export const languageOf = (acceptLanguage: unknown): Language =>
	typeof acceptLanguage === 'string' && /^\s*zh\b/i.test(acceptLanguage) ? 'zh' : 'en';

const STYLE = `
:root { color-scheme: light dark; }
body { margin: 0; padding: 24px 16px; font: 17px/1.5 system-ui, -apple-system, "Segoe UI", "PingFang SC", "Microsoft YaHei", sans-serif; background: Canvas; color: CanvasText; }
main { max-width: 480px; margin: 0 auto; }
.asks { margin: 0 0 8px; font-size: 15px; opacity: 0.75; overflow-wrap: anywhere; }
.message { margin: 0 0 24px; font-size: 20px; white-space: pre-wrap; overflow-wrap: anywhere; }
.told { margin: 0 0 24px; padding: 12px 16px; border: 1px solid; border-radius: 8px; }
form { display: flex; flex-direction: column; gap: 12px; }
button, textarea { font: inherit; width: 100%; box-sizing: border-box; border-radius: 8px; padding: 14px; border: 1px solid GrayText; }
button { font-weight: 600; cursor: pointer; background: ButtonFace; color: ButtonText; overflow-wrap: anywhere; }
button.main { background: #0a6b3d; border-color: #0a6b3d; color: #fff; }
`;

/** Nothing from elsewhere, no script, and a form that can go nowhere else. */
export const PAGE_HEADERS = {
	'content-security-policy':
		"default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
	'referrer-policy': 'no-referrer',
	'cache-control': 'no-store',
	'x-content-type-options': 'nosniff',
	'x-robots-tag': 'noindex, nofollow',
} as const;

function toForm(question: Question, language: Language): string {
	const texts = TEXTS[language];
	const button = (value: string, label: string, kind: string) =>
		`<button${kind} type="submit" name="answer" value="${value}">${escapeXml(label)}</button>`;
	if (question.responseType === 'freeText') {
		return `<textarea name="text" rows="4" maxlength="${MAX_ANSWER}" required aria-label="${texts.placeholder}" placeholder="${texts.placeholder}"></textarea>${button('text', texts.send, ' class="main"')}`;
	}
	const { approve, decline } = labelsOf(question, language);
	return (
		button('approve', approve, ' class="main"') +
		(question.canDecline ? button('decline', decline, '') : '')
	);
}

/** Characters of a written answer. */
export const MAX_ANSWER = 5_000;

/**
 * @param shown what is asked, with the form to answer it; undefined where it cannot be answered
 * @param told what came of the last answer
 */
export function answerPage(
	language: Language,
	{ shown, told }: { shown?: { question: Question; workflow: string }; told?: Outcome },
): string {
	const texts = TEXTS[language];
	const parts = [
		...(told === undefined ? [] : [`<p class="told" role="status">${texts[told]}</p>`]),
		...(shown === undefined
			? []
			: [
					`<p class="asks">${escapeXml(texts.asks(shown.workflow))}</p>`,
					`<p class="message">${escapeXml(shown.question.message)}</p>`,
					`<form method="post" accept-charset="utf-8">${toForm(shown.question, language)}</form>`,
				]),
	];
	return `<!doctype html><html lang="${language === 'zh' ? 'zh-CN' : 'en'}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex"><title>${texts.title}</title><style>${STYLE}</style></head><body><main>${parts.join('')}</main></body></html>`;
}
