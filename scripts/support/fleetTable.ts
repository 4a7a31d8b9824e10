/** The report of a fleet, as the node makes it, in the terminal. */
import Table from 'cli-table3';
import { WORDS } from '../../nodes/vendors/m2m/fleet/words';

type Language = 'en' | 'zh';

/** What the table shows of the item of Fleet > Create Report. */
export interface FleetReport {
	cards: number;
	failed: number;
	notFound: number;
	byStatus: Record<string, number>;
	online: number | null;
	offline: number | null;
	usedDataMb: number | null;
	planDataMb: number | null;
	usedPercent: number | null;
	lowData: readonly unknown[];
	expiring: readonly unknown[];
	forecastOverPlan: readonly unknown[];
}

const LABELS = {
	en: {
		cards: 'Cards',
		online: 'Online / offline',
		used: 'Data used this month',
		ofPlans: (used: string, plans: string, percent: string) =>
			`${used} of ${plans} MB (${percent} %)`,
		low: 'Low on data',
		expiring: 'Expiring in 30 days, or expired',
		overPlan: 'Over the plan by month end',
		notRead: 'Not found / not read',
		others: 'Other statuses',
	},
	zh: {
		cards: '卡总数',
		online: '在线 / 离线',
		used: '本月已用流量',
		ofPlans: (used: string, plans: string, percent: string) =>
			`${used} / ${plans} MB（${percent}%）`,
		low: '流量不足',
		expiring: '30 天内到期或已到期',
		overPlan: '预计月底超出套餐',
		notRead: '查不到 / 未读到',
		others: '其他状态',
	},
} as const;

/** So that all of it, and what to do next, fits one screen. */
const STATUSES_SHOWN = 3;

const NO_LINES_BETWEEN_ROWS = { mid: '', 'left-mid': '', 'mid-mid': '', 'right-mid': '' };

/** Whether an item is a report; a failed workflow puts out something else. */
export const isFleetReport = (item: unknown): item is FleetReport =>
	typeof item === 'object' && item !== null && 'byStatus' in item && 'lowData' in item;

/** The report as an aligned table of two columns. */
export function fleetTable(report: FleetReport, language: Language): string {
	const labels = LABELS[language];
	const { statuses } = WORDS[language];
	const shown = Object.entries(report.byStatus).sort(([, a], [, b]) => b - a);
	const others = shown.splice(STATUSES_SHOWN).reduce((sum, [, cards]) => sum + cards, 0);
	const table = new Table({
		chars: NO_LINES_BETWEEN_ROWS,
		colAligns: ['left', 'right'],
		style: { head: [], border: [] },
	});
	table.push(
		[labels.cards, number(report.cards)],
		...shown.map(([name, cards]) => [
			`  ${Object.hasOwn(statuses, name) ? statuses[name as keyof typeof statuses] : name}`,
			number(cards),
		]),
		...(others > 0 ? [[`  ${labels.others}`, number(others)]] : []),
		[labels.online, `${number(report.online)} / ${number(report.offline)}`],
		[
			labels.used,
			labels.ofPlans(
				number(report.usedDataMb),
				number(report.planDataMb),
				number(report.usedPercent),
			),
		],
		[labels.low, number(report.lowData.length)],
		[labels.expiring, number(report.expiring.length)],
		[labels.overPlan, number(report.forecastOverPlan.length)],
		[labels.notRead, `${number(report.notFound)} / ${number(report.failed)}`],
	);
	return table.toString();
}

const number = (value: number | null): string =>
	value === null ? '–' : value.toLocaleString('en-US', { maximumFractionDigits: 0 });
