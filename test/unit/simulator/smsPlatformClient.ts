import { createHash } from 'node:crypto';

import { XMLParser } from 'fast-xml-parser';

import type { SmsPlatformSimulator } from '../../simulator';

export type Fields = Record<string, string>;

export interface Answer {
	status: number;
	contentType: string | null;
	text: string;
}

const parser = new XMLParser({
	parseTagValue: false,
	trimValues: false,
	isArray: (name) => name === 'statusbox' || name === 'callbox',
});

/** What is in `<returnsms>`, read by another program's code; rows are lists. */
export function returnSms({ text }: Answer): Record<string, unknown> {
	const { returnsms } = parser.parse(text.replace(/>\n+</g, '><')) as Record<string, unknown>;
	return returnsms === '' ? {} : (returnsms as Record<string, unknown>);
}

export const hexOf = (text: string) =>
	Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase();

/** `userid`, `account` and `password`, as MD5. */
export function login({ account }: SmsPlatformSimulator): Fields {
	const password = createHash('md5').update(account.password).digest('hex').toUpperCase();
	return { userid: account.userId, account: account.account, password };
}

export async function post(
	simulator: SmsPlatformSimulator,
	path: string,
	fields: Fields | string,
	contentType = 'application/x-www-form-urlencoded; charset=utf-8',
): Promise<Answer> {
	const response = await fetch(simulator.url + path, {
		method: 'POST',
		headers: { 'content-type': contentType },
		body: typeof fields === 'string' ? fields : new URLSearchParams(fields).toString(),
	});
	return {
		status: response.status,
		contentType: response.headers.get('content-type'),
		text: await response.text(),
	};
}

/** Posts with the account's login; `fields` come last. */
export async function call(
	simulator: SmsPlatformSimulator,
	path: string,
	fields: Fields,
): Promise<Record<string, unknown>> {
	return returnSms(await post(simulator, path, { ...login(simulator), ...fields }));
}

export const sendFields = (fields: Fields = {}): Fields => ({
	action: 'send',
	mobile: '8613800138001',
	code: '8',
	content: '6D4B8BD53010534E4FE13011',
	sendTime: '',
	extno: '',
	...fields,
});

export const send = async (simulator: SmsPlatformSimulator, fields: Fields = {}) =>
	await call(simulator, '/I18NSms.aspx', sendFields(fields));
