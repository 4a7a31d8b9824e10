import type { INodeParameters } from 'n8n-workflow';
import type { Bench } from '../bench';
import { ACCOUNT, cardNumbers, imeis } from '../fleet';
import { type Deployed, deploy } from '../instance';
import { count, type Finding, number, seconds, type Section } from '../report';
import { alternate, median, medianRatio } from '../rounds';
import { startVendor, type Vendor } from '../vendor';
import { getStatusByExpression, m2mCard, pipeline } from '../workflows';

const LATENCY_MS = 50;
const CHOKES_ABOVE = 20;
/** Among them is the best fixed setting, whatever the machine. */
const FIXED = [5, 10, 15, 20, 25, 30, 50];

/** Concurrency as it comes, which finds its own height. */
export async function automatic({ script, sizes, n8n: instance, log }: Bench): Promise<Section> {
	const n8n = await instance();
	const identifiers = imeis(sizes.identifiers);
	const keys = cardNumbers(sizes.cards);
	const cards = await startVendor(script, 'm2m', sizes.cards);
	const batch = await startVendor(script, 'simBatch', sizes.identifiers);
	const cardCredential = await n8n.createCredential({
		name: 'Automatic',
		type: 'm2mCardApi',
		data: { baseUrl: cards.url, ...ACCOUNT },
	});
	const batchCredential = await n8n.createCredential({
		name: 'Automatic',
		type: 'simBatchApi',
		data: { baseUrl: batch.url },
	});
	const deployCards = async (options: INodeParameters) =>
		await deploy(
			n8n,
			pipeline('Cards', [
				m2mCard(
					{ resource: 'card', operation: 'getStatus', cardKey: '={{ $json.key }}', options },
					{ m2mCardApi: { id: cardCredential, name: 'Automatic' } },
				),
			]),
		);
	const deployBatch = async (options: INodeParameters) =>
		await deploy(
			n8n,
			pipeline('Batch', [
				m2mCard(
					{
						resource: 'simBatch',
						operation: 'getMany',
						identifiers: '={{ $json.identifier }}',
						options,
					},
					{ simBatchApi: { id: batchCredential, name: 'Automatic' } },
				),
			]),
		);
	const measure =
		(vendor: Vendor, deployed: Deployed, items: Parameters<Deployed['run']>[0]) => async () => {
			const timing = await deployed.run(items);
			const failed = timing.items.filter(({ json }) => json.error !== undefined).length;
			if (timing.items.length !== items.length || failed > 0) {
				throw new Error(`${timing.items.length} items, ${failed} of them failed`);
			}
			await vendor.forgetRequests();
			return timing.nodesMs;
		};

	await cards.setLatency(LATENCY_MS);
	await batch.setLatency(LATENCY_MS);
	const asItComes = await deployCards({});
	const byHand = await deploy(
		n8n,
		pipeline('By hand', [...getStatusByExpression(cards.url, ACCOUNT)]),
	);
	for (const deployed of [asItComes, byHand]) await deployed.run(keys);
	log(`${count(sizes.cards)} cards at ${LATENCY_MS} ms, as it comes and by hand`);
	const plain = await alternate(
		{ ours: measure(cards, asItComes, keys), byHand: measure(cards, byHand, keys) },
		sizes.rounds,
	);

	/** As it comes beside each fixed setting, on a platform that chokes. */
	const choking = async (
		what: string,
		vendor: Vendor,
		deployOurs: typeof deployCards,
		items: Parameters<Deployed['run']>[0],
	): Promise<Finding> => {
		await vendor.choke(CHOKES_ABOVE);
		log(`${what} on a platform that chokes above ${CHOKES_ABOVE}`);
		const ours = await deployOurs({});
		const contenders: Record<string, () => Promise<number>> = {};
		for (const concurrency of FIXED) {
			const deployed = await deployOurs({ concurrency });
			contenders[concurrency] = measure(vendor, deployed, items);
		}
		const series = await alternate<string>(
			{ ours: measure(vendor, ours, items), ...contenders },
			Math.ceil(sizes.rounds / 2),
		);
		const { ours: own = [], ...fixed } = series;
		const [best = ['', []]] = Object.entries(fixed).sort(
			([, one], [, other]) => median(one) - median(other),
		);
		const ratio = medianRatio(best[1], own);
		return {
			what: `${what}, the platform chokes above ${CHOKES_ABOVE} at a time`,
			ours: seconds(median(own)),
			beside: `the best fixed setting, ${best[0]} at a time: ${seconds(median(best[1]))}`,
			comparison: `${number(ratio)} of its speed`,
			target: 'at least 0.9',
			met: ratio >= 0.9,
		};
	};

	const faster = medianRatio(plain.byHand, plain.ours);
	return {
		title: 'Concurrency that finds its own height',
		how: `\`card.getStatus\` and \`simBatch.getMany\` as they come, _Concurrency_ 0 (automatic), each reply ${LATENCY_MS} ms after its request. Beside it: what users build without code, an Edit Fields node and an HTTP Request node that signs in an expression, both nodes together; and the same operation at each of ${FIXED.length} fixed settings, on a platform that takes the square of the excess longer when more than ${CHOKES_ABOVE} requests are open.`,
		findings: [
			{
				what: `${count(sizes.cards)} cards, as it comes`,
				ours: seconds(median(plain.ours)),
				beside: `Edit Fields + HTTP Request: ${seconds(median(plain.byHand))}`,
				comparison: `${number(faster)} times as fast`,
				target: 'at least 1.8 times',
				met: faster >= 1.8,
				headline: true,
			},
			await choking(`${count(sizes.cards)} cards, as it comes`, cards, deployCards, keys),
			await choking(
				`${count(sizes.identifiers)} identifiers, as it comes`,
				batch,
				deployBatch,
				identifiers,
			),
		],
	};
}
