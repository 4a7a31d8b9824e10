import { Explained } from '../../test/harness';
import type { Bench } from '../bench';
import { ACCOUNT, cardNumbers } from '../fleet';
import { deploy, memoryOf, startInstance } from '../instance';
import { count, megabytes, more, type Section } from '../report';
import { alternate, type Measure, median, medianDifference } from '../rounds';
import { startVendor } from '../vendor';
import { limit, m2mCard, pipeline, type Stage } from '../workflows';

const MAX_MORE_MB = 300;

/** The heap that Node.js takes at most, as it would by itself on a machine with 4 GB. */
const HEAP_MB = 1024;
const BOUNDED = { NODE_OPTIONS: `--max-old-space-size=${HEAP_MB}` };

/** The least that a node can do with items: the same ones, with one more field. */
const SET: Stage = {
	name: 'Set',
	type: 'n8n-nodes-base.set',
	typeVersion: 3.4,
	parameters: { mode: 'manual', includeOtherFields: true, assignments: {}, options: {} },
};

/** How much memory n8n takes for many items. */
export async function memory({ script, sizes, tarball, log }: Bench): Promise<Section> {
	if (process.platform !== 'linux') {
		throw new Explained('Memory is read from /proc, which only Linux has.');
	}
	const vendor = await startVendor(script, 'm2m', sizes.itemsForMemory);
	const items = cardNumbers(sizes.itemsForMemory);
	/** The most memory that a fresh n8n takes to pass the items through a node. */
	const peakWith =
		(env: Record<string, string>, stage: (credential: string) => Stage): Measure =>
		async () => {
			const n8n = await startInstance(script, tarball, env);
			const credential = await n8n.createCredential({
				name: 'Memory',
				type: 'm2mCardApi',
				data: { baseUrl: vendor.url, ...ACCOUNT },
			});
			const deployed = await deploy(n8n, pipeline('Memory', [stage(credential)]));
			await deployed.pass(items);
			const { peakMb } = await memoryOf(n8n.pid);
			await n8n.stop();
			await vendor.forgetRequests();
			return peakMb;
		};
	const ours = (id: string): Stage =>
		m2mCard(
			{ resource: 'card', operation: 'getStatus', cardKey: '={{ $json.key }}' },
			{ m2mCardApi: { id, name: 'Memory' } },
		);
	const helper = () => limit(`${vendor.url}/M2MSearchTermInfo.ashx`, 'getStatus', ACCOUNT, 10);
	const set = () => SET;
	const rounds = Math.max(1, Math.floor(sizes.rounds / 2));

	log(`${count(items.length)} items in a fresh n8n, memory`);
	const free = await alternate(
		{ ours: peakWith({}, ours), set: peakWith({}, set), helper: peakWith({}, helper) },
		rounds,
	);
	log(`the same with a heap of at most ${HEAP_MB} MB`);
	const bounded = await alternate(
		{ ours: peakWith(BOUNDED, ours), set: peakWith(BOUNDED, set) },
		rounds,
	);
	const freeMore = medianDifference(free.ours, free.set);
	const boundedMore = medianDifference(bounded.ours, bounded.set);
	const helperMore = medianDifference(free.helper, free.set);
	const target = {
		target: `at most ${MAX_MORE_MB} MB more`,
		headline: true,
	};
	return {
		title: 'Memory',
		how: "The most resident memory of the process of n8n, started afresh for each run, from its start to the end of the execution. Beside it: the same items through a Set node, and the same requests by n8n's request helper alone.",
		findings: [
			{
				what: `${count(items.length)} items through \`card.getStatus\`, heap of at most ${HEAP_MB} MB`,
				ours: megabytes(median(bounded.ours)),
				beside: `through a Set node: ${megabytes(median(bounded.set))}`,
				comparison: more(boundedMore, megabytes),
				met: boundedMore <= MAX_MORE_MB,
				...target,
			},
			{
				what: `${count(items.length)} items through \`card.getStatus\`, n8n as it comes`,
				ours: megabytes(median(free.ours)),
				beside: `through a Set node: ${megabytes(median(free.set))}`,
				comparison: more(freeMore, megabytes),
				met: freeMore <= MAX_MORE_MB,
				isLimitOfN8n: helperMore > MAX_MORE_MB,
				...target,
			},
			{
				what: `${count(items.length)} items through \`card.getStatus\`, n8n as it comes`,
				ours: megabytes(median(free.ours)),
				beside: `n8n's request helper alone: ${megabytes(median(free.helper))}`,
				comparison: more(medianDifference(free.ours, free.helper), megabytes),
			},
		],
		notes: [
			`As n8n comes, Node.js lets garbage pile up to a heap of a quarter of the machine's memory, up to 4 GB, before it collects all of it. So the peak says how much memory the machine has: any node that makes ${count(items.length)} requests gets there. With a heap of at most ${HEAP_MB} MB (\`NODE_OPTIONS=--max-old-space-size=${HEAP_MB}\`, as on a machine with 4 GB) the same run shows what is needed.`,
		],
	};
}
