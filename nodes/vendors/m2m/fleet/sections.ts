/** The sections of the page. One whose figures no item tells is left out: empty, it would look like good news. */
import { lookUp } from '../../../shared/contracts/errors';
import { percentOf } from '../values';
import { countOnline, type Fleet, sumKb } from './figures';
import {
	aside,
	bar,
	big,
	box,
	cell,
	COLORS,
	line,
	section,
	sentence,
	show,
	showAmount,
	showCount,
	showPercent,
	small,
	table,
} from './markup';
import { dayOfMonth, type FleetRow } from './rows';
import { WORDS } from './words';

/** Lines of a list, so that the page stays below what mail programs cut, whatever the fleet. */
const MAX_LINES = 10;
const MAX_TOP_USERS = 20;

export const DOT = ' &middot; ';

/** Which figures the items tell at all. */
export const toldBy = ({ found, known }: Fleet) => ({
	status: found.some(({ status }) => status !== ''),
	usage: known.some(({ usedKb }) => usedKb !== null),
	low: known.some(({ isLow }) => isLow !== null),
	expiry: known.some(({ daysLeft }) => daysLeft !== null),
	forecast: known.some(({ forecastPercent }) => forecastPercent !== null),
});

const columns = (left: string, right: string): string =>
	table(
		`<tr>${cell(left)}${cell(right, 'padding-left:12px;text-align:right;vertical-align:bottom;white-space:nowrap', ' align="right" valign="bottom"')}</tr>`,
	);

const label = (text: string): string =>
	`<div style="padding-bottom:4px;font-size:15px;font-weight:600;color:${COLORS.muted}">${text}</div>`;

/** How much of all plans is used, over how much of the month has passed; else what is left. */
export function usageBox({ found, known, nowMs, settings }: Fleet): string {
	const words = WORDS[settings.language];
	const usedKb = sumKb(known, 'usedKb');
	const planKb = sumKb(known, 'planKb');
	const leftKb = sumKb(known, 'leftKb');
	if (usedKb === null) {
		if (leftKb === null) return '';
		const cards = known.filter((row) => row.leftKb !== null).length;
		return box(label(words.remaining) + big(showAmount(leftKb)) + small(words.remainingOf(cards)));
	}
	const percent = percentOf(usedKb, planKb);
	const { day, days } = dayOfMonth(nowMs);
	const passed = (day / days) * 100;
	const withoutPlan = found.filter((row) => row.planKb === null).length;
	const withoutUse = known.filter((row) => row.usedKb === null).length;
	const notes = [
		leftKb !== null && words.left(showAmount(leftKb)),
		planKb !== null && withoutPlan > 0 && words.unplanned(withoutPlan),
		withoutUse > 0 && words.unknownUsage(withoutUse),
	].filter((note) => note !== false);
	const used = label(words.usage) + big(showAmount(usedKb));
	const compared =
		percent === null || planKb === null
			? used
			: columns(`${used} ${aside(words.usedOf(showAmount(planKb)))}`, big(showPercent(percent))) +
				`<div style="padding-top:10px">${bar({ percent, color: percent > 100 ? COLORS.alertBar : COLORS.bar }, 14)}</div>` +
				`<div style="padding-top:4px">${bar({ percent: passed, color: COLORS.elapsed }, 4)}</div>` +
				small(words.monthPassed(showPercent(passed), day, days));
	return box(compared + (notes.length === 0 ? '' : small(notes.join(DOT))));
}

/** How many cards have each status, and how many are online. */
export function statusSection(fleet: Fleet): string {
	const { found, known, settings } = fleet;
	const words = WORDS[settings.language];
	const statuses = toldBy(fleet).status ? fleet.statuses : [];
	const toLine = (
		name: string,
		cards: number,
		total = found.length,
		color: string = COLORS.bar,
	) => {
		const percent = (cards / total) * 100;
		const figure = `${showCount(cards)} &ensp;${aside(showPercent(percent))}`;
		return { name, figure, bar: { percent, color } };
	};
	const lines: Array<Parameters<typeof line>[0]> = statuses
		.slice(0, MAX_LINES)
		.map(([status, cards]) => toLine(show(lookUp(words.statuses, status) ?? status), cards));
	const others = statuses.slice(MAX_LINES);
	if (others.length > 0) {
		const cards = others.reduce((sum, [, count]) => sum + count, 0);
		lines.push(toLine(words.further(others.length), cards));
	}
	const { online, offline } = countOnline(known);
	if (online !== null) {
		lines.push({
			...toLine(words.online, online, online + offline, COLORS.onlineBar),
			note: words.isOffline(offline),
		});
	}
	return lines.length === 0 ? '' : section(words.status, '', lines.map(line).join(''));
}

interface List {
	readonly isTold: boolean;
	readonly heading: string;
	/** What is in it, and in which order. */
	readonly note: string;
	readonly rows: readonly FleetRow[];
	/** The sentence in place of no lines. */
	readonly none: string;
	readonly maximum?: number;
	readonly lineOf: (row: FleetRow) => Omit<Parameters<typeof line>[0], 'name'>;
}

const amount = (kb: number | null): string => showAmount(kb ?? 0);

function listsOf(fleet: Fleet): List[] {
	const { settings, low, expiring, overPlan, topUsers } = fleet;
	const words = WORDS[settings.language];
	const told = toldBy(fleet);
	const mostKb = topUsers[0]?.usedKb;
	return [
		{
			isTold: told.low,
			heading: words.low,
			note: words.lowNote(settings.lowDataPercent),
			rows: low,
			none: words.noLow,
			lineOf: ({ leftKb, planKb }) => {
				const percent = percentOf(leftKb, planKb) ?? 0;
				return {
					note: words.partOf(showPercent(percent), amount(planKb)),
					figure: words.left(amount(leftKb)),
					bar: { percent, color: COLORS.alertBar },
				};
			},
		},
		{
			isTold: told.expiry,
			heading: words.expiring,
			note: words.expiringNote(settings.expiringDays),
			rows: expiring,
			none: words.noExpiring,
			lineOf: ({ daysLeft, expiryDate }) => ({
				note: show(expiryDate),
				figure: words.daysLeft(daysLeft ?? 0),
				isAlert: (daysLeft ?? 0) < 0,
			}),
		},
		{
			isTold: told.forecast,
			heading: words.overPlan,
			note: words.overPlanNote,
			rows: overPlan,
			none: words.noOverPlan,
			lineOf: ({ usedKb, planKb, forecastPercent }) => ({
				note: words.usedSoFar(amount(usedKb), amount(planKb)),
				figure: showPercent(forecastPercent ?? 0),
			}),
		},
		{
			isTold: told.usage,
			heading: words.topUsers,
			note: words.topUsersNote,
			rows: topUsers.filter(({ usedKb }) => usedKb !== 0),
			none: words.noTopUsers,
			maximum: MAX_TOP_USERS,
			lineOf: ({ usedKb, usedPercent }) => ({
				note: usedPercent === null ? undefined : words.ofPlan(showPercent(usedPercent)),
				figure: amount(usedKb),
				bar: { percent: percentOf(usedKb, mostKb) ?? 0, color: COLORS.bar },
			}),
		},
	];
}

/** The lists of cards that somebody should look at, each as far as it fits. */
export function listSections(fleet: Fleet): string {
	const words = WORDS[fleet.settings.language];
	const sections = listsOf(fleet).map(
		({ isTold, heading, note, rows, none, lineOf, maximum = MAX_LINES }) => {
			if (!isTold) return '';
			const lines = rows
				.slice(0, maximum)
				.map((row) => line({ name: show(row.cardNumber || words.noNumber), ...lineOf(row) }));
			const others = rows.length - lines.length;
			if (others > 0) lines.push(sentence(words.more(others)));
			return section(heading, note, lines.join('') || sentence(none));
		},
	);
	return sections.join('');
}

/** How the figures were worked out, with the numbers that this report used. */
export function rules(fleet: Fleet): string {
	const { settings, nowMs } = fleet;
	const words = WORDS[settings.language];
	const { day, days } = dayOfMonth(nowMs);
	const told = toldBy(fleet);
	const missing = [
		...(told.status ? [] : [words.status]),
		...listsOf(fleet).flatMap(({ isTold, heading }) => (isTold ? [] : [heading])),
	];
	const sentences = [
		missing.length > 0 && words.unknown(missing),
		told.forecast && words.forecastRule(day, days),
		told.low && words.lowRule(settings.lowDataPercent),
		told.expiry && words.expiringRule(settings.expiringDays),
		words.unitRule,
	].filter((text) => text !== false);
	const heading = `<div style="font-size:13px;font-weight:600;color:${COLORS.muted}">${words.how}</div>`;
	return `<div style="padding:8px 20px 24px">${heading}${sentences.map(small).join('')}</div>`;
}
