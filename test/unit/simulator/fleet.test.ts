import { areCardChanges, type CardChange } from '../../simulator/m2m/cardChanges';
import { Fleet } from '../../simulator/m2m/fleet';
import { luhnDigit } from '../../simulator/m2m/identity';

const NOON = Date.UTC(2026, 4, 15, 4);
const fleetOf = (seed: number, size = 10_000) => new Fleet(size, seed, () => NOON);
const cardsOf = (fleet: Fleet, count: number) =>
	Array.from({ length: count }, (_unused, index) => fleet.cardAt(index));

describe('the fleet', () => {
	it('is the same for the same seed, and another for another', () => {
		expect(cardsOf(fleetOf(7), 50)).toEqual(cardsOf(fleetOf(7), 50));
		expect(fleetOf(7).cardAt(0).cardcode).not.toBe(fleetOf(8).cardAt(0).cardcode);
	});

	it('has four numbers to each card, laid out right, none of them twice', () => {
		const cards = cardsOf(fleetOf(1), 10_000);
		for (const { cardcode, iccid, imsi, imei } of cards) {
			expect(cardcode).toMatch(/^\d{13}$/);
			expect(iccid).toMatch(/^8986[0-9A-F]{16}$/);
			expect(imsi).toMatch(/^460\d{12}$/);
			expect(imei).toMatch(/^\d{15}$/);
			expect(imei.at(-1)).toBe(luhnDigit(imei.slice(0, -1)));
		}
		const numbers = cards.flatMap(({ cardcode, iccid, imsi, imei }) => [
			cardcode,
			iccid,
			imsi,
			imei,
		]);
		expect(new Set(numbers).size).toBe(40_000);
		expect(cards.some(({ iccid }) => /[A-F]/.test(iccid))).toBe(true);
	});

	it.each([1, 2, 99])('finds a card by each of its numbers (seed %d)', (seed) => {
		const fleet = fleetOf(seed);
		for (const index of [0, 1, 4_999, 9_999]) {
			const { cardcode, iccid, imsi, imei } = fleet.cardAt(index);
			for (const key of [cardcode, iccid, iccid.toLowerCase(), imsi, imei]) {
				expect(fleet.find(key)?.index).toBe(index);
			}
		}
		expect(fleetOf(seed, 10).find(fleet.cardAt(10).imei)).toBeUndefined();
		expect(fleet.find('')).toBeUndefined();
	});

	it.each([1, 2, 99])(
		'shows cards first that are alive, with a plan and a user (seed %d)',
		(seed) => {
			for (const card of cardsOf(fleetOf(seed), 10)) {
				expect(card).toMatchObject({ status: '00', deviceStatus: '1', gprsStatus: '01' });
				expect(card.userMobile).toMatch(/^139\d{8}$/);
				expect(card.usedKb).toBeGreaterThan(0);
				expect(card.remainingKb).toBeGreaterThan(0);
				expect(card.planKb).toBeCloseTo(card.usedKb + card.remainingKb);
				expect(card.billingEndDate > '2026-05-15').toBe(true);
				expect([card.ip, card.networkType, card.planName]).not.toContain('');
			}
		},
	);

	it('has every status, most cards normal, most billing periods running', () => {
		const cards = cardsOf(fleetOf(1), 1_000);
		const statuses = new Set(cards.map(({ status }) => status));
		expect([...statuses].sort()).toEqual(
			['00', '01', '02', '03', '04', '05', '06', '07', '96', '97', '98', '99'].sort(),
		);
		expect(cards.filter(({ status }) => status === '00').length).toBeGreaterThan(800);
		expect(cards.filter((card) => card.billingEndDate > '2026-05-15').length).toBeGreaterThan(800);
		expect(cards.some((card) => card.billingEndDate === '2026-05-15')).toBe(true);
		expect(cards.some((card) => card.usedKb > card.planKb && card.remainingKb === 0)).toBe(true);
		expect(cards.every((card) => card.billingDate <= '2026-05-15')).toBe(true);
	});

	it('changes cards, and what follows from a change', () => {
		const { cardcode, planKb, iccid, imsi } = fleetOf(1).cardAt(0);
		const changes: Record<string, CardChange> = {};
		const fleet = new Fleet(
			10,
			1,
			() => NOON,
			() => changes,
		);
		changes[cardcode] = { online: false, usedKb: planKb - 1.5, imei: '861234041234567' };
		expect(fleet.find(iccid)).toMatchObject({
			...{ gprsStatus: '00', ip: '', networkType: '', imei: '861234041234567', imsi },
			remainingKb: 1.5,
		});
		changes[cardcode] = { isGone: true };
		expect([fleet.find(iccid), fleet.find(cardcode)]).toEqual([undefined, undefined]);
		delete changes[cardcode];
		expect(fleet.find(iccid)).toEqual(fleetOf(1).cardAt(0));
	});

	it.each([{ a: { online: 'no' } }, { a: { colour: 1 } }, { a: null }, [], 'a'])(
		'knows what is no change: %j',
		(changes) => expect(areCardChanges(changes)).toBe(false),
	);

	it('knows how long a number is luhn-right', () => {
		expect(luhnDigit('49015420323751')).toBe('8');
	});
});
