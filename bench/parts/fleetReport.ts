import type { IDataObject } from 'n8n-workflow';
import type { Bench } from '../bench';
import { cardNumbers } from '../fleet';
import { deploy } from '../instance';
import { count, seconds, type Section } from '../report';
import { median } from '../rounds';
import { m2mCard, pipeline } from '../workflows';

const CARDS = 10_000;
const MOST_SECONDS = 2;
/** Gmail cuts a mail that is longer. */
const MOST_KB = 102;

/** A card as Get Many gives it; all figures differ, so that all sums and lists have work to do. */
const cardAt = ({ key }: { key: string }, at: number): IDataObject => ({
	...{
		cardKey: key,
		found: at % 50 !== 0,
		cardNumber: key,
		iccid: `8986042319190${1_000_000 + at}`,
	},
	...{
		cardStatus: at % 9 === 0 ? 'suspended' : 'normal',
		online: at % 3 === 0,
		plan: '物联网 100MB',
	},
	...{ usedDataKb: at * 11, planDataKb: 102_400, remainingDataKb: Math.max(0, 102_400 - at * 11) },
	billingEndDate: `2099-01-${String(1 + (at % 28)).padStart(2, '0')}`,
});

/** Making a report of many cards. */
export async function fleetReport({ sizes, n8n: instance, log }: Bench): Promise<Section> {
	const n8n = await instance();
	const items = cardNumbers(CARDS).map(cardAt);
	const report = await deploy(
		n8n,
		pipeline('Report', [m2mCard({ resource: 'fleet', operation: 'createReport' }, {})]),
	);
	log(`Reports of ${count(CARDS)} cards`);
	const times: number[] = [];
	let pageBytes = 0;
	for (let round = 0; round < sizes.rounds; round++) {
		const { items: made, nodesMs } = await report.run(items);
		const { cards, html } = made[0]?.json ?? {};
		if (cards !== CARDS) throw new Error(`A report of ${String(cards)} cards`);
		pageBytes = Buffer.byteLength(String(html));
		times.push(nodesMs);
	}
	return {
		title: 'The report of a fleet',
		how: `\`fleet.createReport\` of ${count(CARDS)} items, page and table, in a real n8n: the time of the node.`,
		findings: [
			{
				what: `A report of ${count(CARDS)} cards`,
				ours: seconds(median(times)),
				beside: 'as long as a person waits',
				target: `less than ${MOST_SECONDS} s`,
				met: median(times) < MOST_SECONDS * 1_000,
			},
			{
				what: 'Its page',
				ours: `${count(pageBytes / 1_000)} kB`,
				beside: `a mail that Gmail does not cut: ${MOST_KB} kB`,
				target: `at most ${MOST_KB} kB`,
				met: pageBytes <= MOST_KB * 1_000,
			},
		],
	};
}
