import type { Bench } from '../bench';
import { ACCOUNT, cardNumbers } from '../fleet';
import { type Deployed, deploy } from '../instance';
import { count, milliseconds, more, type Section } from '../report';
import { alternate, median, medianDifference } from '../rounds';
import { startVendor } from '../vendor';
import { limit, m2mCard, pipeline } from '../workflows';

/** Sending messages, which is sequential by design. */
export async function sends({ script, sizes, n8n: instance, log }: Bench): Promise<Section> {
	const n8n = await instance();
	const vendor = await startVendor(script, 'm2m', sizes.messages);
	const credential = await n8n.createCredential({
		name: 'Sends',
		type: 'm2mCardApi',
		data: { baseUrl: vendor.url, ...ACCOUNT },
	});
	const node = m2mCard(
		{ resource: 'sms', operation: 'send', mobile: '={{ $json.key }}', content: 'restart' },
		{ m2mCardApi: { id: credential, name: 'Sends' } },
	);
	const bare = limit(`${vendor.url}/M2MSmsSend.ashx`, 'send', ACCOUNT, 1);
	const ours = await deploy(n8n, pipeline('Send', [node]));
	const helper = await deploy(n8n, pipeline('Request helper', [bare]));
	const items = cardNumbers(sizes.messages);
	/** Milliseconds a message. */
	const measure = (deployed: Deployed) => async () => {
		await vendor.changeSettings({ smsBalance: 1_000_000 });
		const { items: sent, nodesMs } = await deployed.run(items);
		const refused = sent.find(({ json }) => !['accepted', '0000'].includes(String(json.status)));
		if (refused || sent.length !== items.length) {
			throw new Error(`A message was not sent: ${JSON.stringify(refused?.json)}`);
		}
		await vendor.forgetRequests();
		return nodesMs / items.length;
	};
	for (const deployed of [ours, helper]) await measure(deployed)();
	log(`${count(sizes.messages)} messages`);
	const series = await alternate({ ours: measure(ours), bare: measure(helper) }, sizes.rounds);
	const overhead = medianDifference(series.ours, series.bare);
	return {
		title: 'Sends: one after the other',
		how: "`sms.send` without latency. Messages go out one by one in the order of the items, by design; so what counts is what the node adds to each. Beside it: the same requests by n8n's request helper alone, one after the other.",
		findings: [
			{
				what: `A message of ${count(sizes.messages)}`,
				ours: milliseconds(median(series.ours)),
				beside: `the bare request: ${milliseconds(median(series.bare))}`,
				comparison: more(overhead, milliseconds),
				target: 'under 2 ms more',
				met: overhead < 2,
				headline: true,
			},
		],
	};
}
