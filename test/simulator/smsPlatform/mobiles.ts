import { Refusal } from './codes';

/** Where SMS may go: abroad and to China with country codes, or within China. */
export type Route = 'international' | 'hybrid' | 'domestic';

/** The country calling codes of ITU-T E.164; where a group of three digits is not full, the group. */
const COUNTRY_CODE =
	/^(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]|(?:2[1-69]|3[578]|42|5[09]|6[7-9]|8[0578]|9[679])\d)/;

const CHINA_MOBILE = /^1[3-9]\d{9}$/;

/** The Chinese numbers that could as well be North American ones: area and exchange from 2 up. */
const NORTH_AMERICA = /^1[2-9]\d\d[2-9]\d{6}$/;

/** SMS §1.2: `8613800138000`, digits only, country code first. */
function isInternational(mobile: string): boolean {
	if (!/^\d{7,15}$/.test(mobile) || !COUNTRY_CODE.test(mobile)) return false;
	if (mobile.startsWith('86')) return CHINA_MOBILE.test(mobile.slice(2));
	return !CHINA_MOBILE.test(mobile) || NORTH_AMERICA.test(mobile);
}

const isDomestic = (mobile: string) => CHINA_MOBILE.test(mobile.replace(/^86/, ''));

/** The numbers of a list, by comma; refuses one that has no country code or is none. */
export function readMobiles(list: string, route: Route, max: number): string[] {
	if (list === '') throw new Refusal('MsisdnEmpty', 'No number');
	const mobiles = list.split(',');
	if (mobiles.length > max) {
		throw new Refusal('ParamError', `${mobiles.length} numbers, more than ${max}`);
	}
	const isRight = route === 'domestic' ? isDomestic : isInternational;
	const wrong = mobiles.find((mobile) => !isRight(mobile));
	if (wrong !== undefined) {
		throw new Refusal('MsisdnError', `"${wrong}" is not a number for the ${route} route`);
	}
	return mobiles;
}
