import type { Bench } from '../bench';
import { imeis } from '../fleet';
import { type Deployed, deploy } from '../instance';
import { count, number, perSecond, type Section } from '../report';
import { alternate, median, medianRatio } from '../rounds';
import { startVendor } from '../vendor';
import { type Batching, m2mCard, pipeline, simBatchByHand } from '../workflows';

const LATENCY_MS = 50;
/** How many numbers the vendor takes in a call. */
const NUMBERS_A_CALL = 20;

const BATCHINGS: Readonly<Record<string, Batching | undefined>> = {
	'no batching': undefined,
	'batches of 50 every 10 ms': { batchSize: 50, batchInterval: 10 },
};

/** Looking many numbers up with few requests. */
export async function batch({ script, sizes, n8n: instance, log }: Bench): Promise<Section> {
	const n8n = await instance();
	const vendor = await startVendor(script, 'simBatch', sizes.identifiers);
	const credential = await n8n.createCredential({
		name: 'Batch',
		type: 'simBatchApi',
		data: { baseUrl: vendor.url },
	});
	const deployOurs = async (concurrency: number) =>
		await deploy(
			n8n,
			pipeline(`SIM batch, ${concurrency} at a time`, [
				m2mCard(
					{
						resource: 'simBatch',
						operation: 'getMany',
						identifiers: '={{ $json.identifier }}',
						options: { concurrency },
					},
					{ simBatchApi: { id: credential, name: 'Batch' } },
				),
			]),
		);
	const items = imeis(sizes.identifiers);
	let calls = 0;
	const queries = async () => Number((await vendor.state()).queries);
	/** Identifiers a second. */
	const measure = (deployed: Deployed) => async () => {
		const before = await queries();
		const { items: found, nodesMs } = await deployed.run(items);
		calls = (await queries()) - before;
		const imei = (at: number) => {
			const { imei: ours, result } = found[at]?.json ?? {};
			return ours ?? (Array.isArray(result) ? (result[0] as { IMEI?: unknown }).IMEI : undefined);
		};
		const wrong = items.findIndex(({ identifier }, at) => imei(at) !== identifier);
		if (wrong >= 0) throw new Error(`Item ${wrong}: ${JSON.stringify(found[wrong]?.json)}`);
		await vendor.forgetRequests();
		return (items.length / nodesMs) * 1000;
	};
	const ours = { 10: await deployOurs(10), 200: await deployOurs(200) };
	const byHand = new Map<string, Deployed>();
	for (const [name, batching] of Object.entries(BATCHINGS)) {
		byHand.set(
			name,
			await deploy(n8n, pipeline(`By hand, ${name}`, simBatchByHand(vendor.url, batching))),
		);
	}
	for (const deployed of [ours[10], ours[200], ...byHand.values()]) {
		await deployed.run(items.slice(0, 200));
	}
	await vendor.setLatency(LATENCY_MS);
	log(`${count(sizes.identifiers)} identifiers at ${LATENCY_MS} ms`);
	await measure(ours[10])();
	const callsOfOurs = calls;
	const handNames = [...byHand.keys()];
	const series = await alternate(
		{
			ten: measure(ours[10]),
			most: measure(ours[200]),
			...Object.fromEntries([...byHand].map(([name, deployed]) => [name, measure(deployed)])),
		} as Record<'ten' | 'most' | (typeof handNames)[number], () => Promise<number>>,
		Math.ceil(sizes.rounds / 2),
	);
	const [best = ''] = handNames.sort((a, b) => median(series[b] ?? []) - median(series[a] ?? []));
	const hand = series[best] ?? [];
	const expectedCalls = Math.ceil(sizes.identifiers / NUMBERS_A_CALL);
	const beside = `HTTP Request, one number each, ${best}: ${perSecond(median(hand))}`;
	const most = medianRatio(series.most ?? [], hand);
	const ten = medianRatio(series.ten ?? [], hand);
	return {
		title: 'Batch: many numbers in few requests',
		how: `\`simBatch.getMany\` with one identifier an item, each reply ${LATENCY_MS} ms after its request, counted in identifiers a second of the node's own time. Beside it: the HTTP Request node with one number a request (this vendor wants no signature), with its batching at the better of ${byHand.size} settings.`,
		findings: [
			{
				what: `Calls for ${count(sizes.identifiers)} identifiers`,
				ours: count(callsOfOurs),
				beside: `${NUMBERS_A_CALL} in a call, the most that the vendor takes`,
				target: `exactly ${count(expectedCalls)}`,
				met: callsOfOurs === expectedCalls,
			},
			{
				what: `${count(sizes.identifiers)} identifiers, 200 requests at a time`,
				ours: perSecond(median(series.most ?? [])),
				beside,
				comparison: `${number(most)} times as fast`,
				target: 'at least 15 times',
				met: most >= 15,
				headline: true,
			},
			{
				what: `${count(sizes.identifiers)} identifiers, 10 requests at a time`,
				ours: perSecond(median(series.ten ?? [])),
				beside,
				comparison: `${number(ten)} times as fast`,
			},
		],
	};
}
