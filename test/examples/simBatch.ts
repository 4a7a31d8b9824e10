import type { Examples } from './example';

/** Cards of the simulated fleet, which is the same everywhere, and a number that it does not have. */
export const simBatchExamples: Examples = {
	'simBatch.getMany': {
		chinese: '按 IMEI 或 ICCID 批量查询卡的状态、日期与剩余流量，每个请求 20 个',
		parameters: { identifiers: '={{ $json.numbers }}' },
		items: [
			{ numbers: '864452021315161, 861234041315170' },
			{ numbers: '89860418155895345999\n350000000000006' },
		],
	},
};
