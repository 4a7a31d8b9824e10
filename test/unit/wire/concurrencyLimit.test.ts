import { ConcurrencyLimit } from '../../../nodes/shared/wire/concurrencyLimit';
import { seededRandom } from '../../support/random';

/** How a platform takes a request that arrives as the n-th of those under way. */
interface Platform {
	/** Milliseconds until it answers. */
	latency(underWay: number, random: () => number, nowMs: number): number;
	isOverloaded?(underWay: number, nowMs: number): boolean;
}

interface Heights {
	readonly limit: number;
	begin(nowMs: number): unknown;
	end(trip: unknown, nowMs: number, isOverload: boolean): void;
}

const fixed = (limit: number): Heights => ({ limit, begin: () => undefined, end: () => undefined });

const automatic = (): Heights => {
	const limit = new ConcurrencyLimit();
	return {
		get limit() {
			return limit.limit;
		},
		begin: (nowMs) => limit.begin(nowMs),
		end: (trip, nowMs, isOverload) =>
			limit.end(trip as ReturnType<typeof limit.begin>, nowMs, isOverload),
	};
};

/** Has so many requests answered well, on a clock of its own; what fails is asked again, unless all does. */
function drive(platform: Platform, heights: Heights, requests = 3_000) {
	const random = seededRandom(7);
	const underWay: Array<{ endsAt: number; trip: unknown; isOverload: boolean }> = [];
	const limits: Array<readonly [nowMs: number, limit: number]> = [];
	let nowMs = 0;
	let served = 0;
	let errors = 0;
	while (served < requests) {
		while (underWay.length < heights.limit && served + underWay.length < requests) {
			const trip = heights.begin(nowMs);
			const together = underWay.length + 1;
			const isOverload = platform.isOverloaded?.(together, nowMs) ?? false;
			underWay.push({
				...{ trip, isOverload },
				endsAt: nowMs + platform.latency(together, random, nowMs),
			});
		}
		underWay.sort((one, other) => one.endsAt - other.endsAt);
		const next = underWay.shift();
		if (next === undefined) throw new Error('Nothing is under way');
		nowMs = next.endsAt;
		heights.end(next.trip, nowMs, next.isOverload);
		limits.push([nowMs, heights.limit]);
		if (next.isOverload) errors += 1;
		if (errors > 10 * requests) return { ms: Infinity, errors, limits };
		if (!next.isOverload) served += 1;
	}
	return { ms: nowMs, errors, limits };
}

const highest = (limits: ReadonlyArray<readonly [number, number]>): number =>
	Math.max(...limits.map(([, limit]) => limit));

const slowAbove =
	(height: number, slower: (times: number) => number) =>
	(underWay: number): number =>
		underWay <= height ? 50 : 50 * slower(underWay / height);

const PLATFORMS: Readonly<Record<string, Platform & { readonly atLeast?: number }>> = {
	'is as quick whatever is under way': { latency: () => 50 },
	jitters: { latency: (_, random) => 25 + 50 * random() },
	'is late now and then': { latency: (_, random) => (random() < 0.05 ? 500 : 50) },
	'takes 20 ms more for each above 20': {
		latency: (underWay) => 50 + 20 * Math.max(0, underWay - 20),
	},
	'chokes above 20 with the square': {
		latency: slowAbove(20, (times) => times ** 2),
		atLeast: 0.84,
	},
	'chokes above 20 with the fourth power': { latency: slowAbove(20, (times) => times ** 4) },
	'is five times as slow above 20': { latency: slowAbove(20, () => 5), atLeast: 0.85 },
	'answers 503 above 20': {
		latency: () => 50,
		isOverloaded: (underWay) => underWay > 20,
	},
};

const FIXED = [5, 10, 15, 20, 25, 30, 50];

describe('the limit of a platform that', () => {
	test.each(Object.entries(PLATFORMS))('%s comes near the best fixed one', (_, platform) => {
		const found = drive(platform, automatic());
		const best = Math.min(...FIXED.map((limit) => drive(platform, fixed(limit)).ms));
		expect(best / found.ms).toBeGreaterThan(platform.atLeast ?? 0.9);
		expect(highest(found.limits)).toBeLessThanOrEqual(100);
	});

	test('takes all gets 100, and no more', () => {
		expect(highest(drive({ latency: () => 50 }, automatic()).limits)).toBe(100);
	});

	test('refuses above 20 is asked in vain seldom', () => {
		const { errors, limits } = drive(
			{ latency: () => 50, isOverloaded: (underWay) => underWay > 20 },
			automatic(),
		);
		expect(errors).toBeLessThan(90);
		expect(limits.slice(-1_000).every(([, limit]) => limit <= 25)).toBe(true);
	});

	test('fails for a minute is asked one by one, and fully again afterwards', () => {
		const failing: Platform = {
			latency: () => 50,
			isOverloaded: (_, nowMs) => nowMs >= 1_000 && nowMs < 61_000,
		};
		const { limits } = drive(failing, automatic(), 20_000);
		const between = (from: number, to: number) =>
			limits.filter(([nowMs]) => nowMs >= from && nowMs < to).map(([, limit]) => limit);
		expect(new Set(between(5_000, 61_000))).toEqual(new Set([1]));
		expect(Math.max(...between(61_000, Infinity))).toBeGreaterThan(80);
	});

	test('becomes three times as slow, whatever is sent, keeps its height', () => {
		const { limits } = drive(
			{ latency: (_underWay, _random, nowMs) => (nowMs < 1_500 ? 50 : 150) },
			automatic(),
			10_000,
		);
		const [, last] = limits.at(-1) ?? [0, 0];
		expect(last).toBeGreaterThan(50);
	});

	test('chokes later is given way to, and its new height found', () => {
		const choking: Platform = {
			latency: (underWay, _, nowMs) =>
				nowMs < 2_000 ? 50 : slowAbove(20, (times) => times ** 2)(underWay),
		};
		const { limits } = drive(choking, automatic(), 10_000);
		const later = limits.slice(-3_000).map(([, limit]) => limit);
		const mean = later.reduce((sum, limit) => sum + limit, 0) / later.length;
		expect(mean).toBeGreaterThan(10);
		expect(mean).toBeLessThan(35);
	});
});

test('a limit waits for as many under way as it allows, before it judges by them', () => {
	const limit = new ConcurrencyLimit();
	for (let request = 0; request < 200; request += 1) {
		limit.end(limit.begin(request * 50), request * 50 + 50, false);
	}
	expect(limit.limit).toBe(10);
});

test('failures that had begun before the limit fell count once', () => {
	const limit = new ConcurrencyLimit();
	const trips = Array.from({ length: 10 }, () => limit.begin(0));
	for (const trip of trips) limit.end(trip, 50, true);
	expect(limit.limit).toBe(5);
});
