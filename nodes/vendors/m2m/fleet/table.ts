/** The table of the report: CSV as RFC 4180 has it, and as Excel opens it without changing a thing. */
import { lookUp } from '../../../shared/contracts/errors';
import type { Language } from '../../../shared/contracts/question';
import { toMb } from '../../../shared/wire/values';
import type { Fleet } from './figures';
import type { FleetRow } from './rows';
import { type Column, WORDS } from './words';

/** Without it Excel takes the file for the code page of the machine. */
const BYTE_ORDER_MARK = '\uFEFF';

/** What Excel shows as it is: whole numbers that it can hold, and dates, which sort as such. */
const KEPT = /^(?:0|[1-9]\d{0,10}|\d{4}-\d\d-\d\d)$/;

/** Where a month is named, a figure makes a date of it: `Jan-5`, `3 March 2026`. */
const MONTH =
	/^(?=.*\p{Nd})[\p{Nd}\s.,/-]*(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)[\p{Nd}\s.,/-]*$/iu;

/** Figures, which Excel rounds or cuts the zeros of, powers of ten, money, dates, times, fractions. */
const FIGURE =
	/^[\p{Sc}(\s上下午]*\.?\p{Nd}[\p{Nd}\p{Sc}\s.,:/()%年月日时分秒-]*(?:e[+-]?\p{Nd}+|[ap]m?)?$/iu;

const TAKEN_FOR_VALUE = [/^(?:true|false)$/i, FIGURE, MONTH] as const;

/** The longest text that a formula may hold. */
const MAX_QUOTED = 255;

/** Where a spreadsheet sees a formula, which may call programs; full-width ones are typed in China. */
const TAKEN_FOR_FORMULA = /^[\s\p{Cc}\p{Cf}\p{Default_Ignorable_Code_Point}]*[=+\-@＝＋－＠]/u;

/** A text that stays what it is. */
function guard(text: string): string {
	if (KEPT.test(text)) return text;
	const isValue = TAKEN_FOR_VALUE.some((kind) => kind.test(text));
	if (isValue && text.length <= MAX_QUOTED) return `="${text}"`;
	return isValue || TAKEN_FOR_FORMULA.test(text) ? `'${text}` : text;
}

/** One kind of line break, and no control characters, which end a text in some readers. */
const tidy = (text: string): string => text.replace(/\r\n?/g, '\n').replace(/[^\P{Cc}\n\t]/gu, '');

const quote = (text: string): string =>
	/[",\n\t']/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;

type Cell = string | number | null;

const toCell = (value: Cell): string =>
	typeof value === 'string' ? quote(guard(tidy(value))) : String(value ?? '');

type Words = (typeof WORDS)[Language];

const yesOrNo = (value: boolean | null, { yes, no }: Words): string =>
	value === null ? '' : value ? yes : no;

/** In the order of the table. */
const CELLS: Readonly<Record<Column, (row: FleetRow, words: Words) => Cell>> = {
	cardNumber: ({ cardNumber }) => cardNumber,
	iccid: ({ iccid }) => iccid,
	imei: ({ imei }) => imei,
	found: ({ outcome }, words) => words.outcomes[outcome],
	status: ({ status }, words) => lookUp(words.statuses, status) ?? status,
	online: ({ online }, words) => yesOrNo(online, words),
	plan: ({ plan }) => plan,
	usedMb: ({ usedKb }) => toMb(usedKb),
	planMb: ({ planKb }) => toMb(planKb),
	leftMb: ({ leftKb }) => toMb(leftKb),
	usedPercent: ({ usedPercent }) => usedPercent,
	forecastPercent: ({ forecastPercent }) => forecastPercent,
	expiryDate: ({ expiryDate }) => expiryDate,
	daysLeft: ({ daysLeft }) => daysLeft,
	isLow: ({ isLow }, words) => yesOrNo(isLow, words),
	isExpiring: ({ isExpiring }, words) => yesOrNo(isExpiring, words),
	usedKb: ({ usedKb }) => usedKb,
	planKb: ({ planKb }) => planKb,
	leftKb: ({ leftKb }) => leftKb,
	problem: ({ problem }) => problem,
};

/** All rows of a fleet, headers first, with a byte order mark and a line break at the end. */
export function fleetTable({ rows, settings: { language } }: Fleet): string {
	const words = WORDS[language];
	const cells = Object.values(CELLS);
	const header = Object.keys(CELLS).map((name) => toCell(lookUp(words.columns, name) ?? name));
	const lines = rows.map((row) => cells.map((cell) => toCell(cell(row, words))).join(','));
	return [BYTE_ORDER_MARK + header.join(','), ...lines, ''].join('\r\n');
}
