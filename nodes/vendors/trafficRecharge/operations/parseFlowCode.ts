import { defineOperation } from '../../../shared/contracts/operation';
import { flowCode } from '../fields';
import { explainFlowCode } from '../flowCode';
import { trafficRecharge } from '../protocol';

export const parseFlowCode = defineOperation({
	resource: 'flowCode',
	operation: 'parse',
	name: 'Parse',
	action: 'Explain the flow code of a data package: sends nothing',
	description: 'Explain what the code of a package stands for. Sends nothing.',
	source: 'Traffic recharge, flowCode',
	effect: 'local',
	vendor: trafficRecharge,
	fields: { flowCode },
	options: {},
	perform: async ({ flowCode: code }) => {
		const explained = explainFlowCode(code);
		return [{ raw: explained, simplify: () => explained }];
	},
});
