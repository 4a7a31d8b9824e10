/** What the platform's values mean, and how texts are prepared for it. */
import type { IDataObject } from 'n8n-workflow';

import { chinaDateTime } from '../../shared/chinaTime';
import { textOf } from '../../shared/values';

/**
 * UTF-16, big endian, as upper-case hex digits, for both codes: the document's own sample of code 0
 * has four digits a character (SMS §1.2).
 */
export const hexOf = (text: string): string =>
	Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase();

const SINGLE_SEGMENT = 70;
const LONG_SEGMENT = 67;

/** Messages that one recipient is billed for: 70 UTF-16 units in one, else 67 in each (SMS §1.2). */
export const segmentsOf = (text: string): number =>
	text.length <= SINGLE_SEGMENT ? 1 : Math.ceil(text.length / LONG_SEGMENT);

/** The document gives no limit (2105 has no number); a long message cannot have more than 255 parts. */
export const LONGEST_MESSAGE = 255 * LONG_SEGMENT;

/** The content with its signature behind it as 【…】, once. */
export function signed(content: string, signature: string | undefined): string {
	if (signature === undefined) return content;
	const suffix = `【${signature}】`;
	return content.trimEnd().endsWith(suffix) ? content : content + suffix;
}

/** `yyyy-MM-dd HH:mm:ss` in China time; empty for at once (SMS §1.2). */
export const sendTimeOf = (epochMs: number | undefined): string =>
	epochMs === undefined ? '' : chinaDateTime(epochMs);

/** `xs:dateTime` in China time (SMS §7). */
export const planSendTimeOf = (epochMs: number): string =>
	`${chinaDateTime(epochMs).replace(' ', 'T')}+08:00`;

const DELIVERED = 'DELIVRD';

/** SMS §3.3, by `status`; where there is none (JSON, SMS §3.5) by `errorcode`. */
export function deliveryStatus(row: IDataObject): 'delivered' | 'failed' | 'unknown' {
	const status = textOf(row.status);
	if (status !== '') return status === '10' ? 'delivered' : status === '20' ? 'failed' : 'unknown';
	const code = textOf(row.errorcode).toUpperCase();
	if (code === '') return 'unknown';
	return code === DELIVERED ? 'delivered' : 'failed';
}

/** Only where the platform gives it: JSON rows have no `status` and no `extno` (SMS §3.5). */
const ifGiven = (name: string, value: unknown): IDataObject =>
	value === undefined ? {} : { [name]: textOf(value) };

/** A status report, typed and named; `row` has lower-case names (SMS §3.3, §3.5, §5.2). */
export const reportOf = (row: IDataObject): IDataObject => ({
	mobile: textOf(row.mobile),
	taskId: textOf(row.taskid),
	status: deliveryStatus(row),
	...ifGiven('statusCode', row.status),
	receivedAt: textOf(row.receivetime),
	errorCode: textOf(row.errorcode),
	...ifGiven('extno', row.extno),
});

/** A reply of a phone, typed and named; `row` has lower-case names (SMS §4.3, §4.5, §5.3). */
export const replyOf = (row: IDataObject): IDataObject => ({
	mobile: textOf(row.mobile),
	taskId: textOf(row.taskid),
	content: typeof row.content === 'string' ? row.content : textOf(row.content),
	receivedAt: textOf(row.receivetime),
	extno: textOf(row.extno),
});
