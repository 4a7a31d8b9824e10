import { VENDOR_IDS } from '../../api';
import type { Balance, Bilingual, VendorId } from '../../api';
import { notFound, Problem } from '../problem';
import type { RunningVendors } from './running';

interface Kind {
	vendor: VendorId;
	id: string;
	label: Bilingual;
	unit: Bilingual;
	/** Only whole numbers. */
	isWhole: boolean;
	/** The settings that hold it; undefined: its vendor does not run. */
	holder: (vendors: RunningVendors) => object | undefined;
}

const YUAN = { en: '¥', zh: '元' };
const SMS = { en: 'SMS', zh: '条' };

const KINDS: readonly Kind[] = [
	{
		...{ vendor: 'm2m', id: 'smsBalance', isWhole: true },
		label: { en: 'SMS left', zh: '剩余短信' },
		unit: SMS,
		holder: ({ m2m }) => m2m?.settings,
	},
	{
		...{ vendor: 'm2m', id: 'locateBalance', isWhole: true },
		label: { en: 'Location look-ups left', zh: '剩余定位次数' },
		unit: { en: 'look-ups', zh: '次' },
		holder: ({ m2m }) => m2m?.settings,
	},
	{
		...{ vendor: 'smsPlatform', id: 'balance', isWhole: false },
		label: { en: 'Balance (international)', zh: '余额（国际短信）' },
		unit: YUAN,
		holder: ({ smsPlatform }) => smsPlatform?.settings,
	},
	{
		...{ vendor: 'smsPlatform', id: 'points', isWhole: true },
		label: { en: 'Points (domestic)', zh: '点数（国内短信）' },
		unit: { en: 'points', zh: '点' },
		holder: ({ smsPlatform }) => smsPlatform?.settings,
	},
	{
		...{ vendor: 'trafficRecharge', id: 'balance', isWhole: false },
		label: { en: 'Balance', zh: '余额' },
		unit: YUAN,
		holder: ({ trafficRecharge }) => trafficRecharge?.settings,
	},
];

function balanceOf({ id, label, unit, holder }: Kind, vendors: RunningVendors): Balance {
	const settings: Readonly<Record<string, unknown>> = { ...holder(vendors) };
	return { id, label, unit, value: Number(settings[id] ?? 0) };
}

/** What a vendor counts down. */
export const balancesOf = (vendor: VendorId, vendors: RunningVendors): Balance[] =>
	KINDS.filter((kind) => kind.vendor === vendor).map((kind) => balanceOf(kind, vendors));

/** Sets what is left; throws a `Problem` when there is no such balance. */
export function setBalance(
	vendors: RunningVendors,
	vendor: VendorId,
	id: string,
	value: number,
): Balance {
	const kind = KINDS.find((known) => known.vendor === vendor && known.id === id);
	const settings = kind?.holder(vendors);
	if (!kind || !settings) {
		throw notFound(`There is no balance "${id}".`, `没有余额“${id}”。`);
	}
	if (!Number.isFinite(value) || value < 0 || (kind.isWhole && !Number.isInteger(value))) {
		throw new Problem({
			en: `A balance is ${kind.isWhole ? 'a whole number' : 'a number'} from 0 up.`,
			zh: `余额应为不小于 0 的${kind.isWhole ? '整数' : '数'}。`,
		});
	}
	Object.assign(settings, { [id]: value });
	return balanceOf(kind, vendors);
}

/** All balances as one text, to see whether one has changed. */
export const balancesAsText = (vendors: RunningVendors): string =>
	JSON.stringify(VENDOR_IDS.map((id) => balancesOf(id, vendors).map(({ value }) => value)));
