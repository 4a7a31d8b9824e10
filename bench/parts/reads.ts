import type { INodeExecutionData } from 'n8n-workflow';
import type { Bench } from '../bench';
import { ACCOUNT, cardNumbers } from '../fleet';
import { type Deployed, deploy } from '../instance';
import { count, type Finding, milliseconds, number, seconds, type Section } from '../report';
import { alternate, median, medianRatio } from '../rounds';
import { startVendor } from '../vendor';
import { type Batching, getStatusByHand, limit, m2mCard, pipeline } from '../workflows';

const LATENCY_MS = 50;
/** No two replies of a real vendor take the same time. */
const JITTER_MS = 30;
const JITTERING = `${LATENCY_MS - JITTER_MS} to ${LATENCY_MS + JITTER_MS} ms`;

/** How users pace the HTTP Request node; which one is best depends on machine and vendor. */
const BATCHINGS: Readonly<Record<string, Batching | undefined>> = {
	'no batching': undefined,
	'batches of 50 every 10 ms': { batchSize: 50, batchInterval: 10 },
	'batches of 50 every 50 ms': { batchSize: 50, batchInterval: 50 },
	'batches of 20 every 20 ms': { batchSize: 20, batchInterval: 20 },
};

/** Every card has to have been answered, in the order of the items. */
function check(name: string, items: readonly INodeExecutionData[], keys: readonly string[]): void {
	const found = items.map(({ json }) => json.cardNumber ?? firstRow(json.result)?.cardcode);
	const wrong = keys.findIndex((key, at) => found[at] !== key);
	if (wrong >= 0 || items.length !== keys.length) {
		throw new Error(`${name}: item ${wrong} is ${JSON.stringify(items[wrong]?.json)}`);
	}
}

const firstRow = (result: unknown): { cardcode?: unknown } | undefined =>
	Array.isArray(result) ? (result[0] as { cardcode?: unknown }) : undefined;

/** Requests a second that the simulated vendor answers, kept-alive connections and no signature. */
async function capacityOf(url: string): Promise<number> {
	const requests = 3_000;
	let left = requests;
	const worker = async () => {
		while (left-- > 0) await (await fetch(`${url}/nothing`, { method: 'POST', body: '{}' })).text();
	};
	const startedAt = performance.now();
	await Promise.all(Array.from({ length: 50 }, worker));
	return (requests / (performance.now() - startedAt)) * 1000;
}

/** What the node reads itself, and what means the same but is left to n8n's sandbox. */
const PLAIN_FIELD = '={{ $json.key }}';
const EVALUATED = "={{ $json.key + '' }}";

/** Looking cards up, one request each. */
export async function reads({ script, sizes, n8n: instance, log }: Bench): Promise<Section> {
	const n8n = await instance();
	const vendor = await startVendor(script, 'm2m', Math.max(sizes.cards, sizes.manyItems));
	const capacity = await capacityOf(vendor.url);
	const credential = await n8n.createCredential({
		name: 'Reads',
		type: 'm2mCardApi',
		data: { baseUrl: vendor.url, ...ACCOUNT },
	});
	const credentials = { m2mCardApi: { id: credential, name: 'Reads' } };

	const deployOurs = async (concurrency: number, cardKey = PLAIN_FIELD) =>
		await deploy(
			n8n,
			pipeline(`M2M Card, ${concurrency} at a time`, [
				m2mCard(
					{
						resource: 'card',
						operation: 'getStatus',
						cardKey,
						options: { concurrency },
					},
					credentials,
				),
			]),
		);
	const deployLimit = async (concurrency: number) => {
		const url = `${vendor.url}/M2MSearchTermInfo.ashx`;
		const stages = [limit(url, 'getStatus', ACCOUNT, concurrency)];
		return await deploy(n8n, pipeline(`Request helper, ${concurrency} at a time`, stages));
	};
	const deployByHand = async (batching?: Batching) =>
		await deploy(n8n, pipeline('By hand', [...getStatusByHand(vendor.url, ACCOUNT, batching)]));
	/** Milliseconds that the nodes of a workflow need for so many cards. */
	const measure = (name: string, deployed: Deployed, cards: number) => {
		const items = cardNumbers(cards);
		const keys = items.map(({ key }) => key);
		return async () => {
			const timing = await deployed.run(items);
			check(name, timing.items, keys);
			await vendor.forgetRequests();
			return timing.nodesMs;
		};
	};

	const { cards, rounds } = sizes;
	const ours = {
		1: await deployOurs(1),
		10: await deployOurs(10),
		50: await deployOurs(50),
		all: await deployOurs(cards),
		evaluated: await deployOurs(50, EVALUATED),
	};
	const limits = { 10: await deployLimit(10), 50: await deployLimit(50) };
	const byHand = new Map<string, Deployed>();
	for (const [name, batching] of Object.entries(BATCHINGS)) {
		byHand.set(name, await deployByHand(batching));
	}
	// What a fresh process compiles and caches is not what is measured.
	for (const deployed of [
		ours[10],
		limits[10],
		...byHand.values(),
		ours.all,
		ours[50],
		limits[50],
	]) {
		await deployed.run(cardNumbers(200));
	}

	await vendor.setLatency(LATENCY_MS);
	log(`${count(cards)} cards at ${LATENCY_MS} ms, 50 at a time and by hand`);
	const at50 = await alternate(
		{
			ours: measure('M2M Card', ours[50], cards),
			limit: measure('Request helper', limits[50], cards),
			all: measure('M2M Card', ours.all, cards),
			...Object.fromEntries(
				[...byHand].map(([name, deployed]) => [name, measure(name, deployed, cards)]),
			),
		} as Record<'ours' | 'limit' | 'all', () => Promise<number>>,
		rounds,
	);
	const handSeries = Object.entries(at50)
		.filter(([name]) => byHand.has(name))
		.sort(([, a], [, b]) => median(a) - median(b));
	const [bestBatching, bestByHand] = handSeries[0] ?? ['', []];
	log(`${count(cards)} cards at ${LATENCY_MS} ms, 10 at a time`);
	const at10 = await alternate(
		{
			ours: measure('M2M Card', ours[10], cards),
			limit: measure('Request helper', limits[10], cards),
		},
		rounds,
	);
	log(`${count(sizes.cardsOneByOne)} cards at ${LATENCY_MS} ms, one by one`);
	const oneByOne = await alternate(
		{
			one: measure('M2M Card', ours[1], sizes.cardsOneByOne),
			ten: measure('M2M Card', ours[10], sizes.cardsOneByOne),
		},
		sizes.roundsOneByOne,
	);

	const hand = byHand.get(bestBatching);
	if (!hand) throw new Error('Nothing was measured by hand');
	log(`${count(cards)} cards at ${JITTERING}`);
	/** Sets the latency anew each time, so that all meet the same row of delays. */
	const jittering = (name: string, deployed: Deployed) => {
		const measured = measure(name, deployed, cards);
		return async () => {
			await vendor.setLatency(LATENCY_MS, JITTER_MS);
			return await measured();
		};
	};
	const at50Jittering = await alternate(
		{
			ours: jittering('M2M Card', ours[50]),
			limit: jittering('Request helper', limits[50]),
			all: jittering('M2M Card', ours.all),
			evaluated: jittering('M2M Card', ours.evaluated),
			byHand: jittering('By hand', hand),
		},
		rounds,
	);
	const at10Jittering = await alternate(
		{
			ours: jittering('M2M Card', ours[10]),
			limit: jittering('Request helper', limits[10]),
		},
		rounds,
	);

	await vendor.setLatency(0);
	const { fewItems, manyItems } = sizes;
	log(`${count(fewItems)} and ${count(manyItems)} cards without latency`);
	const few = async (deployed: Deployed) => {
		// A few are over in a moment, so that the clock's milliseconds would count: the sum of ten.
		const times: number[] = [];
		for (let run = 0; run < 10; run++) times.push(await measure('few', deployed, fewItems)());
		return times.reduce((sum, time) => sum + time, 0) / 10 / fewItems;
	};
	const many = async (deployed: Deployed) =>
		(await measure('many', deployed, manyItems)()) / manyItems;
	const flat = await alternate(
		{
			oursFew: async () => await few(ours[10]),
			oursMany: async () => await many(ours[10]),
			limitFew: async () => await few(limits[10]),
			limitMany: async () => await many(limits[10]),
		},
		Math.ceil(rounds / 2),
	);

	const ofLimit = (series: Pick<typeof at10, 'ours' | 'limit'>): number =>
		medianRatio(series.limit, series.ours);
	const besideLimit = (
		concurrency: number,
		series: Pick<typeof at10, 'ours' | 'limit'>,
		circumstances = '',
	): Finding => ({
		what: `${count(cards)} cards, ${concurrency} at a time${circumstances}`,
		ours: seconds(median(series.ours)),
		beside: `n8n's request helper alone, as many at a time: ${seconds(median(series.limit))}`,
		comparison: `${number(ofLimit(series))} of its speed`,
		target: 'at least 0.9',
		met: ofLimit(series) >= 0.9,
		headline: circumstances === '',
	});
	/** Above 1 where it takes less time than the workflow by hand. */
	const besideHand = (series: readonly number[]): number => medianRatio(bestByHand, series);
	const byHandAtBest = `Code + HTTP Request, ${bestBatching}: ${seconds(median(bestByHand))}`;
	const growth = medianRatio(flat.oursMany, flat.oursFew);
	const limitGrowth = medianRatio(flat.limitMany, flat.limitFew);
	return {
		title: 'Reads: the status of cards',
		how: `\`card.getStatus\` in a real n8n, each reply ${LATENCY_MS} ms after its request, or ${JITTERING} where the row says so: drawn by lot, the same lots for all. Measured is the time of the node in n8n's own run data. Beside it: n8n's request helper, called directly by a node that does nothing but sign and send (the limit of any node); and the workflow that users build by hand, a Code node that signs and an HTTP Request node that sends, both nodes together, with its batching at the best of ${byHand.size} settings.`,
		findings: [
			besideLimit(10, at10),
			besideLimit(50, at50),
			besideLimit(10, at10Jittering, `, replies after ${JITTERING}`),
			besideLimit(50, at50Jittering, `, replies after ${JITTERING}`),
			{
				what: `${count(cards)} cards, 50 at a time, replies after ${JITTERING}, the card as a plain field of the item`,
				ours: seconds(median(at50Jittering.ours)),
				beside: `as an expression that n8n has to evaluate: ${seconds(median(at50Jittering.evaluated))}`,
				comparison: `${number(medianRatio(at50Jittering.evaluated, at50Jittering.ours))} times as fast`,
			},
			{
				what: `${count(cards)} cards, 50 at a time`,
				ours: seconds(median(at50.ours)),
				beside: byHandAtBest,
				comparison: `${number(besideHand(at50.ours))} of its speed`,
				target: 'no slower',
				met: besideHand(at50.ours) >= 1,
				isLimitOfN8n: besideHand(at50.limit) < 1,
				headline: true,
			},
			{
				what: `${count(cards)} cards, all at a time`,
				ours: seconds(median(at50.all)),
				beside: byHandAtBest,
				comparison: `${number(besideHand(at50.all))} of its speed`,
				headline: true,
			},
			...(['ours', 'all'] as const).map((who) => ({
				what: `${count(cards)} cards, ${who === 'ours' ? '50' : 'all'} at a time, replies after ${JITTERING}`,
				ours: seconds(median(at50Jittering[who])),
				beside: `Code + HTTP Request, ${bestBatching}: ${seconds(median(at50Jittering.byHand))}`,
				comparison: `${number(medianRatio(at50Jittering.byHand, at50Jittering[who]))} of its speed`,
			})),
			{
				what: `${count(sizes.cardsOneByOne)} cards, 10 at a time`,
				ours: seconds(median(oneByOne.ten)),
				beside: `one at a time: ${seconds(median(oneByOne.one))}`,
				comparison: `${number(medianRatio(oneByOne.one, oneByOne.ten))} times as fast`,
				headline: true,
			},
			{
				what: `A card of ${count(manyItems)}, without latency`,
				ours: milliseconds(median(flat.oursMany)),
				beside: `a card of ${count(fewItems)}: ${milliseconds(median(flat.oursFew))}`,
				comparison: `${number(growth)} of its cost`,
				target: 'flat: at most 1.2',
				met: growth <= 1.2,
			},
		],
		notes: [
			`The workflow by hand is fastest with (nearly) all of its requests on their way at once. With 50 at a time, n8n's request helper alone reaches ${number(besideHand(at50.limit))} of its speed: ${count(cards)} requests in rows of 50 wait ${seconds((cards / 50) * LATENCY_MS)} for the vendor, before anything else. With _Concurrency_ ${count(cards)} this node has as many on their way as the workflow by hand.`,
			`By hand, by batching: ${handSeries.map(([name, series]) => `${name} ${seconds(median(series))}`).join(', ')}. Its replies still are the vendor's raw rows.`,
			`n8n's request helper alone costs ${milliseconds(median(flat.limitFew))} a card of ${count(fewItems)} and ${milliseconds(median(flat.limitMany))} a card of ${count(manyItems)}, ${number(limitGrowth)} of it. The simulated vendor alone answers ${count(capacity)} requests a second.`,
		],
	};
}
