import { Draw } from '../draw';

/** The four numbers that name a card; any of them finds it (M2M §2.1, `key`). */
export interface CardIdentity {
	/** 13 digits. */
	cardcode: string;
	/** 20 characters, letters among them on some cards. */
	iccid: string;
	/** 15 digits. */
	imsi: string;
	/** 15 digits, the last by Luhn. */
	imei: string;
}

/** A serial of an IMEI has six digits, and each card has one of its own. */
export const MAX_CARDS = 1_000_000;

const CARD_PREFIX = '10648';
const IMSI_PREFIX = '46004';
const ICCID_PREFIX = '898604';
const ICCID_SERIAL_AT = 11;
const ICCID_SERIAL_LENGTH = 8;
const TACS: readonly [string, ...string[]] = ['86123404', '86870703', '35693803', '86445202'];

/** Where the series of a number starts: numbers in a batch follow each other, as in real deliveries. */
const firstOf = (seed: number, series: string, room: number) =>
	new Draw(seed, 0).below(series, room);

const firstCard = (seed: number) => firstOf(seed, 'cardcode series', 90_000_000);
const firstImsi = (seed: number) => firstOf(seed, 'imsi series', 4_000_000_000);
const firstIccid = (seed: number) => firstOf(seed, 'iccid series', 90_000_000);
const firstImei = (seed: number) => firstOf(seed, 'imei series', MAX_CARDS);

/** The digit that makes a number right by Luhn. */
export function luhnDigit(digits: string): string {
	let sum = 0;
	[...digits].reverse().forEach((digit, at) => {
		const weighted = at % 2 === 0 ? Number(digit) * 2 : Number(digit);
		sum += weighted > 9 ? weighted - 9 : weighted;
	});
	return String((10 - (sum % 10)) % 10);
}

/** The numbers of one card; a pure function of seed and index. */
export function identityAt(seed: number, index: number): CardIdentity {
	const draw = new Draw(seed, index);
	const serial = (first: number, length: number) => String(first + index).padStart(length, '0');
	const imeiBody =
		draw.pick('tac', TACS) + String((firstImei(seed) + index) % MAX_CARDS).padStart(6, '0');
	const withLetters = draw.below('iccid letters', 3) === 0;
	return {
		cardcode: CARD_PREFIX + serial(firstCard(seed), 8),
		iccid:
			ICCID_PREFIX +
			(withLetters ? draw.pick('iccid batch', ['A2', 'B8', 'C0', '1D']) : '18') +
			draw.digits('iccid province', 3) +
			serial(firstIccid(seed), ICCID_SERIAL_LENGTH) +
			(withLetters ? draw.pick('iccid end', ['A', 'C', 'D', 'F']) : draw.digits('iccid end', 1)),
		imsi: IMSI_PREFIX + serial(firstImsi(seed), 10),
		imei: imeiBody + luhnDigit(imeiBody),
	};
}

/** The index that a number would have; whether that card has the number is still to be checked. */
function supposedIndex(seed: number, key: string): number {
	if (key.length === 13) return Number(key.slice(CARD_PREFIX.length)) - firstCard(seed);
	if (key.length === 20) {
		const serial = key.slice(ICCID_SERIAL_AT, ICCID_SERIAL_AT + ICCID_SERIAL_LENGTH);
		return Number(serial) - firstIccid(seed);
	}
	if (key.startsWith(IMSI_PREFIX)) {
		return Number(key.slice(IMSI_PREFIX.length)) - firstImsi(seed);
	}
	return (Number(key.slice(8, 14)) - firstImei(seed) + MAX_CARDS) % MAX_CARDS;
}

/** The index of the card with this card number, ICCID (either case), IMSI or IMEI. */
export function findIndex(seed: number, size: number, key: string): number | undefined {
	const wanted = key.toUpperCase();
	const index = supposedIndex(seed, wanted);
	if (!Number.isInteger(index) || index < 0 || index >= size) return undefined;
	return Object.values(identityAt(seed, index)).includes(wanted) ? index : undefined;
}
