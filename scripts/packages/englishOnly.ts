/**
 * n8n verifies packages whose interface is in English only. In the source, the Chinese of the vendors'
 * consoles stands in parentheses behind the English: it is left out of the packages that are for
 * verification. Chinese that is data stays, such as what a platform answers or the phone of a person
 * in China shows.
 */
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import ts from 'typescript';

const CHINESE = /\p{Script=Han}/u;
const IN_PARENTHESES = / ?\(([^()]*)\)/g;

/** What the vendors' staff is asked for: the message that a push trigger has ready to be copied. */
export const MESSAGES: Readonly<Record<string, string>> = {
	'您好，请将我方账号（partnercode：[Partner Code]）的短信发送/接收通知回调地址（notice_url）设置为：[URL]。设置完成后请回复确认，谢谢。':
		'Hello, please set the callback address for sent and received SMS (notice_url) of our account (partnercode: [Partner Code]) to: [URL]. Please confirm when it is done. Thank you.',
	'您好，请将我方账号（partnercode：[Partner Code]）的流量报警/预警通知回调地址（flowmonitor_url）设置为：[URL]。设置完成后请回复确认，谢谢。':
		'Hello, please set the callback address for data-usage alerts (flowmonitor_url) of our account (partnercode: [Partner Code]) to: [URL]. Please confirm when it is done. Thank you.',
	'您好，请将我方账号（[Account]）的短信状态报告和上行推送地址设置为：[URL]。设置完成后请回复确认，谢谢。':
		'Hello, please set the push address for delivery reports and replies of our account ([Account]) to: [URL]. Please confirm when it is done. Thank you.',
	'您好，请将我方应用（应用ID：[App ID]）的状态回推回调地址设置为：[URL]。设置完成后请回复确认，谢谢。':
		'Hello, please set the callback address for order status of our application (App ID: [App ID]) to: [URL]. Please confirm when it is done. Thank you.',
};

const isMessage = (text: string): boolean => text.startsWith('您好');

/** `Account (用户帐号, account)` becomes `Account (account)`, and without English in it nothing stays. */
export const withoutChinese = (text: string): string =>
	text.replace(IN_PARENTHESES, (whole, inside: string) => {
		if (!CHINESE.test(inside)) return whole;
		const english = inside.split(', ').filter((part) => !CHINESE.test(part));
		return english.length > 0 ? ` (${english.join(', ')})` : '';
	});

/**
 * A text of the interface, in English only.
 *
 * @throws Error for a message that has no English words yet
 */
export function inEnglish(text: string): string {
	if (!isMessage(text)) return withoutChinese(text);
	const message = MESSAGES[text];
	if (message === undefined) {
		throw new Error(`scripts/packages/englishOnly.ts has no English for: ${text}`);
	}
	return message;
}

/** The source with the Chinese left out of its texts. */
export function sourceInEnglish(source: string): string {
	const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest);
	const changes: Array<{ from: number; to: number; text: string }> = [];
	const visit = (node: ts.Node): void => {
		if (ts.isStringLiteral(node)) {
			const english = inEnglish(node.text);
			if (english !== node.text) {
				changes.push({ from: node.getStart(file), to: node.end, text: JSON.stringify(english) });
			}
		}
		ts.forEachChild(node, visit);
	};
	visit(file);
	return changes.reduceRight(
		(text, { from, to, text: english }) => text.slice(0, from) + english + text.slice(to),
		source,
	);
}

export const englishOnly: Plugin = {
	name: 'english-only',
	setup: ({ onLoad }) =>
		onLoad({ filter: /\.ts$/, namespace: 'file' }, async ({ path }) => {
			const source = await readFile(path, 'utf8');
			if (!CHINESE.test(source)) return undefined;
			return { contents: sourceInEnglish(source), loader: 'ts' };
		}),
};
