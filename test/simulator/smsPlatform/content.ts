import { Refusal } from './codes';

const UNIT_DIGITS = 4;

/** What the vendor says of content that it cannot read. */
const UNREADABLE = 'content解析错误';

/**
 * The text behind `content` (SMS §1.2): UTF-16BE as upper-case hex, four digits a unit, for both
 * codes. Half a surrogate pair stays what it is.
 */
export function decodeHex(hex: string): string {
	if (hex === '') throw new Refusal('ContentEmpty', 'No content');
	if (/[^0-9A-F]/.test(hex)) {
		throw new Refusal('ParamError', 'content is not upper-case hex', UNREADABLE);
	}
	if (hex.length % UNIT_DIGITS !== 0) {
		throw new Refusal('ParamError', 'content has not four hex digits a unit', UNREADABLE);
	}
	let text = '';
	for (let at = 0; at < hex.length; at += UNIT_DIGITS) {
		text += String.fromCharCode(Number.parseInt(hex.slice(at, at + UNIT_DIGITS), 16));
	}
	return text;
}

/** How many SMS are billed for a text (SMS §1.2): 70 UTF-16 units in one, beyond that 67 in each. */
export function countSegments(text: string): number {
	return text.length <= 70 ? 1 : Math.ceil(text.length / 67);
}
