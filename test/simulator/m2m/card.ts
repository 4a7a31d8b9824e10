import { addMonths, chinaDay, chinaMonth, formatDay } from '../chinaTime';
import { Draw } from '../draw';
import { identityAt } from './identity';
import type { CardIdentity } from './identity';

/** A SIM card with all that the vendor tells of it; data in KB, dates `yyyy-MM-dd` or empty. */
export interface Card extends CardIdentity {
	index: number;
	userMobile: string;
	planName: string;
	planKb: number;
	activationDate: string;
	testEndDate: string;
	silentEndDate: string;
	billingCycleMonths: number;
	billingDate: string;
	billingEndDate: string;
	/** `1` unified, `2` individual. */
	payType: string;
	/** M2M §2.2 `cardstatus`. */
	status: string;
	/** M2M §2.2 `macstatus`. */
	deviceStatus: string;
	/** M2M §2.2 `gprsstatus`. */
	gprsStatus: string;
	ip: string;
	apn: string;
	/** M2M §2.2 `rat`. */
	networkType: string;
	/** This month's. */
	usedKb: number;
	remainingKb: number;
}

interface Plan {
	name: string;
	kb: number;
}

/** 30M stands here twice: it is the plan most cards have. */
const PLANS: readonly [Plan, ...Plan[]] = [
	{ name: '10M套餐', kb: 10_240 },
	{ name: '30M套餐', kb: 30_720 },
	{ name: '30M套餐', kb: 30_720 },
	{ name: '100M套餐', kb: 102_400 },
	{ name: '500M套餐', kb: 512_000 },
	{ name: '1G流量包年套餐', kb: 1_048_576 },
];
const NO_PLAN: Plan = { name: '', kb: 0 };

/** Months that are paid for at once: mostly years, so that a fleet does not end all at once. */
const CYCLES: readonly [number, ...number[]] = [12, 12, 12, 12, 12, 12, 6, 6, 3, 1];

const PENDING_ACTIVATION = '07';
export const RARE_STATUSES: readonly [string, ...string[]] = [
	'01',
	'02',
	'03',
	'04',
	'05',
	'06',
	PENDING_ACTIVATION,
	'96',
	'97',
	'98',
	'99',
];

/** What people meet first is alive: in use and online, with a plan that lasts and a user. */
const SHOWN_FIRST = 12;

const isShownFirst = (index: number): boolean => index < SHOWN_FIRST;

/** Seven cards in eight are normal; each other status of §2.2 falls to about one card in a hundred. */
function drawStatus(draw: Draw, index: number): string {
	if (isShownFirst(index)) return '00';
	return draw.below('status', 8) === 0 ? draw.pick('rare status', RARE_STATUSES) : '00';
}

/** Most billing periods run; some are over, and some end today. */
function drawBillingEnd(draw: Draw, index: number, today: number, cycleMonths: number): number {
	const lot = isShownFirst(index) ? 99 : draw.below('billing end', 100);
	if (lot < 6) return today - draw.between('days since', 1, 60);
	if (lot < 8) return today;
	return today + draw.between('days left', 1, cycleMonths * 28);
}

function drawDates(draw: Draw, index: number, today: number, cycleMonths: number, status: string) {
	if (status === PENDING_ACTIVATION) {
		return {
			activationDate: '',
			testEndDate: '',
			silentEndDate: '',
			billingDate: '',
			billingEndDate: '',
		};
	}
	const billingEnd = drawBillingEnd(draw, index, today, cycleMonths);
	const billingStart = addMonths(billingEnd + 1, -cycleMonths);
	const activation = billingStart - draw.between('age', 0, 500);
	return {
		activationDate: formatDay(activation),
		testEndDate: formatDay(addMonths(activation, 3)),
		silentEndDate: formatDay(addMonths(activation, 6)),
		billingDate: formatDay(billingStart),
		billingEndDate: formatDay(billingEnd),
	};
}

/** Mostly within the plan, a few over it; every fourth card has a fraction of a KB. */
function drawUsage(draw: Draw, index: number, plan: Plan, period: string): number {
	const room = plan.kb === 0 ? 2_048 : Math.floor(plan.kb * 1.05);
	const whole = isShownFirst(index)
		? draw.between(`usage ${period}`, Math.floor(plan.kb * 0.1), Math.floor(plan.kb * 0.75))
		: draw.below(`usage ${period}`, room);
	return draw.below('fraction', 4) === 0 ? whole + draw.below(`part ${period}`, 100) / 100 : whole;
}

function drawPlan(draw: Draw, index: number): Plan {
	const hasPlan = isShownFirst(index) || draw.below('has plan', 100) > 0;
	return hasPlan ? draw.pick('plan', PLANS) : NO_PLAN;
}

/** Data used in one month, `yyyyMM`, in KB; nothing before the card was activated (M2M §2.7). */
export function usageInMonth(seed: number, card: Card, month: string): number {
	const activated = card.activationDate.replace(/-/g, '').slice(0, 6);
	if (activated === '' || month < activated) return 0;
	const draw = new Draw(seed, card.index);
	return drawUsage(draw, card.index, drawPlan(draw, card.index), month);
}

function drawDeviceStatus(draw: Draw, index: number, status: string): string {
	if (isShownFirst(index)) return '1';
	return status === '00'
		? draw.pick('device', ['1', '1', '1', '0', '99'])
		: draw.pick('device', ['0', '99']);
}

function drawPresence(draw: Draw, index: number, status: string) {
	const deviceStatus = drawDeviceStatus(draw, index, status);
	const online = deviceStatus === '1' && (isShownFirst(index) || draw.below('online', 10) > 0);
	return {
		deviceStatus,
		gprsStatus: online ? '01' : '00',
		ip: online
			? `10.${draw.below('ip a', 256)}.${draw.below('ip b', 256)}.${draw.between('ip c', 1, 254)}`
			: '',
		apn: draw.pick('apn', ['CMNET', 'CMIOT', 'CMMTM']),
		networkType: online ? draw.pick('rat', ['2', '3', '4', '4', '4']) : '',
	};
}

/** What is left of a plan, in KB. */
export const remainingOf = (planKb: number, usedKb: number): number =>
	Math.max(0, Math.round((planKb - usedKb) * 100) / 100);

/** One card; a pure function of seed, index and the day and month in China at `now` (ms since 1970). */
export function cardAt(seed: number, index: number, now: number): Card {
	const draw = new Draw(seed, index);
	const plan = drawPlan(draw, index);
	const status = drawStatus(draw, index);
	const billingCycleMonths = draw.pick('cycle', CYCLES);
	const card: Card = {
		index,
		...identityAt(seed, index),
		userMobile:
			isShownFirst(index) || draw.below('user', 3) === 0
				? `139${draw.digits('user mobile', 8)}`
				: '',
		planName: plan.name,
		planKb: plan.kb,
		...drawDates(draw, index, chinaDay(now), billingCycleMonths, status),
		billingCycleMonths,
		payType: draw.pick('pay', ['1', '1', '2']),
		status,
		...drawPresence(draw, index, status),
		usedKb: 0,
		remainingKb: plan.kb,
	};
	card.usedKb = usageInMonth(seed, card, chinaMonth(now));
	card.remainingKb = remainingOf(plan.kb, card.usedKb);
	return card;
}
