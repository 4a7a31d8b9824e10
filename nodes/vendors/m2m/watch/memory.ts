/**
 * What the watch saw last of each card, as a text that n8n keeps across restarts. One text, as n8n
 * wraps each object that it keeps into a proxy; and a short one, as n8n writes all of it each time.
 */
import { cardStatus, codeOfCardStatus } from '../values';

/** What a condition remembers of a card: texts of the platform and whole numbers of its own. */
export type Mark = ReadonlyArray<string | number>;

/** By condition; none for a condition that has not looked at the card yet. */
export type Marks = Readonly<Record<string, Mark>>;

/** By the card's key in upper case. */
export type Memory = ReadonlyMap<string, Marks>;

/** Another format gets another number, and this one is then read as it was written. */
const VERSION = '2';

/** Longer than any IMEI (50, M2M §2.1.3): a reply out of hand must not fill n8n's database. */
const MAX_TEXT = 64;

/** What is remembered of a text, and so what it compares by. */
export const rememberedText = (text: string): string => text.slice(0, MAX_TEXT);

// Numbers, addresses and the platform's statuses shrink; other texts stay legible.
const NUMERAL = '!';
const ADDRESS = '@';
const STATUS = '#';
const PLAIN = "'";

const toNumeral = (digits: string): string => BigInt(digits).toString(36);
const fromNumeral = (numeral: string): string =>
	[...numeral].reduce((sum, digit) => sum * 36n + BigInt(parseInt(digit, 36)), 0n).toString();

const toAddress = (bytes: readonly number[]): number =>
	bytes.reduce((sum, byte) => sum * 256 + byte, 0);
const fromAddress = (address: number): string =>
	[24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');

/** A number of up to 30 places, three of them letters at most, as in ICCIDs: more would not shrink. */
const NUMBER = /^[1-9]\d*(?:[A-Z]\d*){0,3}$/;
const MAX_PLACES = 30;

/** Its digits, then each letter behind the place where it stands. */
function packNumber(number: string): string {
	const letters = [...number.matchAll(/[A-Z]/g)].map(
		({ 0: letter, index }) => index.toString(36) + letter,
	);
	return [toNumeral(number.replace(/[A-Z]/g, '')), ...letters].join('');
}

function unpackNumber(packed: string): string {
	const letters = [...packed.matchAll(/(.)([A-Z])/g)];
	const digits = fromNumeral(packed.replace(/.[A-Z]/g, ''));
	return letters.reduce((number, [, place = '', letter = '']) => {
		const at = parseInt(place, 36);
		return number.slice(0, at) + letter + number.slice(at);
	}, digits);
}

function packText(text: string): string {
	if (text.length <= MAX_PLACES && NUMBER.test(text)) return NUMERAL + packNumber(text);
	const bytes = /^\d+(?:\.\d+){3}$/.test(text) ? text.split('.').map(Number) : [];
	const address = toAddress(bytes);
	if (fromAddress(address) === text) return ADDRESS + address.toString(36);
	const status = codeOfCardStatus(text);
	if (status !== undefined) return STATUS + status;
	// By UTF-16 unit, so that half a character is kept, too.
	const escaped = text.replace(
		/[^\w.:-]/g,
		(unit) => `~${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
	return PLAIN + escaped;
}

function unpackText(packed: string): string {
	const text = packed.slice(1);
	if (packed.startsWith(NUMERAL)) return unpackNumber(text);
	if (packed.startsWith(ADDRESS)) return fromAddress(parseInt(text, 36));
	if (packed.startsWith(STATUS)) return cardStatus(text);
	return text.replace(/~(.{4})/g, (_, unit: string) => String.fromCharCode(parseInt(unit, 16)));
}

const packPart = (part: string | number): string =>
	typeof part === 'number' ? part.toString(36) : packText(part);

const unpackPart = (packed: string): string | number =>
	/^[-0-9a-z]/.test(packed) ? parseInt(packed, 36) : unpackText(packed);

const TEXT =
	"![0-9a-z]{1,20}(?:[0-9a-z][A-Z]){0,3}|#\\d\\d|@[0-9a-z]{1,7}|'(?:[\\w.:-]|~[0-9a-f]{4})*";
const PART = `(?:-?[0-9a-z]{1,10}|${TEXT})`;
const CARD = new RegExp(`^(?:${TEXT})(?:;(?:${PART}(?:,${PART})*)?)*$`);

/** A text of plain ASCII, ten to a hundred characters a card. */
export function encodeMemory(memory: Memory): string {
	const conditions = [...new Set([...memory.values()].flatMap((marks) => Object.keys(marks)))];
	const cards = [...memory].map(([key, marks]) =>
		[packText(key), ...conditions.map((name) => (marks[name] ?? []).map(packPart).join(','))].join(
			';',
		),
	);
	return [[VERSION, ...conditions].join(';'), ...cards, cards.length].join(' ');
}

/**
 * Reads what {@link encodeMemory} wrote.
 *
 * @returns undefined when it is not that, or not all of it: half a memory would take what is cut off
 * for what changed
 */
export function decodeMemory(stored: unknown): Memory | undefined {
	const [head = '', ...cards] = typeof stored === 'string' ? stored.split(' ') : [];
	const count = cards.pop();
	const [version, ...conditions] = head.split(';');
	const isCard = (card: string): boolean =>
		CARD.test(card) && card.split(';').length === conditions.length + 1;
	if (version !== VERSION || count !== String(cards.length) || !cards.every(isCard)) {
		return undefined;
	}
	return new Map(
		cards.map((card) => {
			const [key = '', ...marks] = card.split(';');
			const known = marks.flatMap((mark, nth) =>
				mark === '' ? [] : [[conditions[nth] ?? '', mark.split(',').map(unpackPart)] as const],
			);
			return [unpackText(key), Object.fromEntries(known)];
		}),
	);
}
