/** What the platform's values mean, and how texts are prepared for it. */
import type { IDataObject } from 'n8n-workflow';

import { hasAnyField } from '../../shared/contracts/push';
import { formatChinaDateTime } from '../../shared/fields/chinaTime';
import { toText } from '../../shared/wire/values';
import { lowerCaseKeys } from './documents';

/**
 * UTF-16, big endian, as upper-case hex digits, for both codes: the document's own sample of code 0
 * has four digits a character (SMS §1.2).
 */
export const encodeUtf16Hex = (text: string): string =>
	Buffer.from(text, 'utf16le').swap16().toString('hex').toUpperCase();

const SINGLE_SEGMENT = 70;
const LONG_SEGMENT = 67;

/** Messages that one recipient is billed for: 70 UTF-16 units in one, else 67 in each (SMS §1.2). */
export const countSegments = (text: string): number =>
	text.length <= SINGLE_SEGMENT ? 1 : Math.ceil(text.length / LONG_SEGMENT);

/** The document gives no limit (2105 has no number); a long message cannot have more than 255 parts. */
export const MAX_MESSAGE_LENGTH = 255 * LONG_SEGMENT;

/** The content with its signature behind it as 【…】, once. */
export function appendSignature(content: string, signature: string | undefined): string {
	if (signature === undefined) return content;
	const suffix = `【${signature}】`;
	return content.trimEnd().endsWith(suffix) ? content : content + suffix;
}

/** `yyyy-MM-dd HH:mm:ss` in China time; empty for at once (SMS §1.2). */
export const formatSendTime = (epochMs: number | undefined): string =>
	epochMs === undefined ? '' : formatChinaDateTime(epochMs);

/** `xs:dateTime` in China time (SMS §7). */
export const formatPlanSendTime = (epochMs: number): string =>
	`${formatChinaDateTime(epochMs).replace(' ', 'T')}+08:00`;

const DELIVERED = 'DELIVRD';

/** SMS §3.3, by `status`; where there is none (JSON, SMS §3.5) by `errorcode`. */
export function deliveryStatus(row: IDataObject): 'delivered' | 'failed' | 'unknown' {
	const status = toText(row.status);
	if (status !== '') return status === '10' ? 'delivered' : status === '20' ? 'failed' : 'unknown';
	const code = toText(row.errorcode);
	if (code === '') return 'unknown';
	return code === DELIVERED || code.toUpperCase() === DELIVERED ? 'delivered' : 'failed';
}

type Simplify = (row: IDataObject) => IDataObject;

/**
 * Reads a row whatever the case of its names. One without any documented field is passed on as it
 * came, and one without the field that matters keeps what it has beside the documented ones: it is
 * handed out once.
 */
const tolerant =
	(fields: readonly string[], decisive: readonly string[], simplify: Simplify): Simplify =>
	(row) => {
		const named = lowerCaseKeys(row);
		if (hasAnyField(named, decisive)) return simplify(named);
		const others = Object.entries(row).filter(([name]) => !fields.includes(name.toLowerCase()));
		return others.length > 0 && !hasAnyField(named, fields)
			? row
			: { ...simplify(named), ...Object.fromEntries(others) };
	};

/** A status report, typed and named (SMS §3.3, §3.5, §5.2). */
export const simplifyReport = tolerant(
	['mobile', 'taskid', 'status', 'receivetime', 'errorcode', 'extno'],
	['status', 'errorcode'],
	(row) => {
		// Node.js 20 comes to allocate what a literal makes thousands of times as if it lived for ever.
		const report: IDataObject = {};
		report.mobile = toText(row.mobile);
		report.taskId = toText(row.taskid);
		report.status = deliveryStatus(row);
		// Only where the platform gives it: JSON rows have no `status` and no `extno` (SMS §3.5).
		if (row.status !== undefined) report.statusCode = toText(row.status);
		report.receivedAt = toText(row.receivetime);
		report.errorCode = toText(row.errorcode);
		if (row.extno !== undefined) report.extno = toText(row.extno);
		return report;
	},
);

/** A reply of a phone, typed and named (SMS §4.3, §4.5, §5.3). */
export const simplifyReply = tolerant(
	['mobile', 'taskid', 'content', 'receivetime', 'extno'],
	['content'],
	(row) => ({
		mobile: toText(row.mobile),
		taskId: toText(row.taskid),
		content: typeof row.content === 'string' ? row.content : toText(row.content),
		receivedAt: toText(row.receivetime),
		extno: toText(row.extno),
	}),
);
