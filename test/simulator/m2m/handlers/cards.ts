import { chinaMonth } from '../../chinaTime';
import type { Card } from '../card';
import { Refusal } from '../codes';
import type { Row } from '../result';
import { field, findCard, identityRow, requireLayout } from './handler';
import type { Handler } from './handler';

/** M2M §2.1 */
export const getCard: Handler = (world, fields) => {
	const card = findCard(world, field(fields, 'key'));
	return {
		rows: [
			{
				...identityRow(card),
				imei: card.imei,
				mobile: card.userMobile,
				meals: card.planName,
				flow: String(card.planKb),
				activationdate: card.activationDate,
				testenddate: card.testEndDate,
				silenceenddate: card.silentEndDate,
				billingcycle: String(card.billingCycleMonths),
				billingdate: card.billingDate,
				billingenddate: card.billingEndDate,
				paytype: card.payType,
			},
		],
	};
};

/** M2M §2.2.1: what each digit of `status` asks for. */
const STATUS_FIELDS: Readonly<Record<string, (card: Card) => Row>> = {
	'1': (card) => ({ flow: String(card.usedKb) }),
	'2': (card) => ({ cardstatus: card.status }),
	'3': (card) => ({ macstatus: card.deviceStatus }),
	'4': (card) => ({ gprsstatus: card.gprsStatus }),
	'5': (card) => ({ ip: card.ip }),
	'6': (card) => ({ apn: card.apn }),
	'7': (card) => ({ rat: card.networkType }),
};

const blank = (row: Row): Row => Object.fromEntries(Object.keys(row).map((name) => [name, '']));

/** M2M §2.2. What was not asked for is missing, or empty on cards with an odd index. */
export const getCardStatus: Handler = (world, fields) => {
	const status = field(fields, 'status');
	requireLayout(status, /^[1-7](_[1-7])*$/, '0015');
	const card = findCard(world, field(fields, 'key'));
	const wanted = status.split('_');
	const row = identityRow(card);
	for (const [digit, read] of Object.entries(STATUS_FIELDS)) {
		if (wanted.includes(digit)) Object.assign(row, read(card));
		else if (card.index % 2 === 1) Object.assign(row, blank(read(card)));
	}
	return { rows: [row] };
};

const monthCount = (yyyyMM: string) => Number(yyyyMM.slice(0, 4)) * 12 + Number(yyyyMM.slice(4));

/** M2M §2.7: this month in China and the twelve before it. */
export const getMonthlyUsage: Handler = (world, fields) => {
	const asked = field(fields, 'month');
	requireLayout(asked, /^\d{4}-?(0[1-9]|1[0-2])$/, '0017');
	const month = asked.replace('-', '');
	const age = monthCount(chinaMonth(world.now())) - monthCount(month);
	if (age < 0 || age > 12) throw new Refusal('0018');
	const card = findCard(world, field(fields, 'key'));
	return {
		rows: [
			{
				...identityRow(card),
				// The document has readers decode the month, so there is something to decode.
				month: `${month.slice(0, 4)}%2D${month.slice(4)}`,
				flow: String(world.fleet.usageInMonth(card, month)),
			},
		],
	};
};

/** M2M §2.8 */
export const getRemaining: Handler = (world, fields) => {
	const card = findCard(world, field(fields, 'key'));
	return { rows: [{ ...identityRow(card), surplusflow: String(card.remainingKb) }] };
};
