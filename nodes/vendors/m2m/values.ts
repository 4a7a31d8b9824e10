/** What the platform's values mean. Codes the document does not know give `unknown`. */
import type { IDataObject } from 'n8n-workflow';

import { lookUp } from '../../shared/contracts/errors';
import { toNumber, toText } from '../../shared/wire/values';

/** Stands for a `result` that is no row: the text as it came, under this name. */
export const UNREAD_RESULT = 'result';

const percentDecoded = (text: string): string | undefined => {
	try {
		return decodeURIComponent(text);
	} catch {
		return undefined;
	}
};

/** The same of a text that a device encoded as GBK; undefined where its bytes are none. */
function gbDecoded(text: string): string | undefined {
	const bytes = text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
		String.fromCharCode(parseInt(hex, 16)),
	);
	try {
		return new TextDecoder('gb18030', { fatal: true }).decode(Buffer.from(bytes, 'latin1'));
	} catch {
		return undefined;
	}
}

/**
 * Undoes the platform's URL encoding (M2M §4.2: Java's URLDecoder and .NET's UrlDecode, for which
 * `+` is a space). A text with a stray `%` was not encoded as a whole: it is decoded where it can be
 * and kept where it cannot, so that its row is not lost.
 */
export function decodeUrlText(value: unknown): string {
	const text = typeof value === 'string' ? value : toText(value);
	return (
		percentDecoded(text.replace(/\+/g, ' ')) ??
		text.replace(
			/(?:%[0-9a-f]{2})+/gi,
			(escapes) => percentDecoded(escapes) ?? gbDecoded(escapes) ?? escapes,
		)
	);
}

/** `content` before it was URL-encoded for sending; as it is when it was not encoded. */
export const decodeContent = (content: string): string => percentDecoded(content) ?? content;

/** `yyyy-MM` from `202401`, `2024-01`, `2024-1` or `2024年1月` (M2M §2.7); anything else as it came. */
export function toMonth(value: unknown): string {
	const text = decodeUrlText(value).trim();
	const parts = /^(\d{4})\D?(\d{1,2})\D?$/.exec(text);
	return parts?.[1] && parts[2] ? `${parts[1]}-${parts[2].padStart(2, '0')}` : text;
}

type Meanings = Readonly<Record<string, string>>;

/** A code by name: empty when the platform gave none, `unknown` when the document does not list it. */
const lookUpName = (meanings: Meanings, code: unknown, digits = 1): string => {
	const text = toText(code);
	return text === '' ? '' : (lookUp(meanings, text.padStart(digits, '0')) ?? 'unknown');
};

/** M2M §2.2.3 `cardstatus`. */
export const CARD_STATUS: Meanings = {
	'00': 'normal',
	'01': 'oneWaySuspended',
	'02': 'suspended',
	'03': 'preCancelled',
	'04': 'cancelled',
	'05': 'transferred',
	'06': 'dormant',
	'07': 'pendingActivation',
	'96': 'replacementNextMonth',
	'97': 'replacementCancelled',
	'98': 'unknown',
	'99': 'notFound',
};

export const cardStatus = (code: unknown): string => lookUpName(CARD_STATUS, code, 2);

const CODE_OF_CARD_STATUS = new Map(
	Object.entries(CARD_STATUS).map(([code, name]) => [name, code] as const),
);

/** The code of a name that {@link cardStatus} gives; undefined of any other text. */
export const codeOfCardStatus = (name: string): string | undefined => CODE_OF_CARD_STATUS.get(name);

/** M2M §2.2.3 `macstatus`. */
export const deviceStatus = (code: unknown): string => lookUpName({ '0': 'off', '1': 'on' }, code);

/** M2M §2.10.3 `macstatus`, where 0 is not off but unknown. */
export const diagnosedStatus = (code: unknown): string => lookUpName({ '1': 'on' }, code);

/** M2M §2.5.3 `status`. */
export const deliveryStatus = (code: unknown): string =>
	lookUpName({ '-1': 'pending', '0': 'failed', '1': 'delivered' }, code);

/** M2M §2.2.3 `rat`. */
export const networkType = (code: unknown): string =>
	lookUpName({ '2': '2G', '3': '3G', '4': '4G' }, toText(code).replace(/G$/i, ''));

/** M2M §2.1.3 `paytype`. */
export const payType = (code: unknown): string =>
	lookUpName({ '1': 'unified', '2': 'individual' }, code);

/** M2M §2.2.3 `gprsstatus`: 00 offline, 01 online; null for anything else. */
export function isOnline(code: unknown): boolean | null {
	const number = toNumber(code);
	return number === 1 ? true : number === 0 ? false : null;
}

/** The three numbers of a card that most rows carry. */
export const cardNumbers = (row: IDataObject) => ({
	cardNumber: toText(row.cardcode),
	iccid: toText(row.iccid),
	imsi: toText(row.imsi),
});

/** Used of the plan in percent with two decimals; null without a plan or without a use. */
export const percentOf = (used: unknown, plan: unknown): number | null =>
	typeof used === 'number' && typeof plan === 'number' && plan > 0
		? Math.round((used / plan) * 100 * 100) / 100
		: null;

/** A message that a card or a phone sent; it comes in the same shape in pushes (M2M §3.1.2). */
export const simplifyReply = (row: IDataObject) => ({
	mobile: toText(row.mobile),
	content: decodeUrlText(row.content ?? row[UNREAD_RESULT]),
	receivedAt: toText(row.retime),
});
