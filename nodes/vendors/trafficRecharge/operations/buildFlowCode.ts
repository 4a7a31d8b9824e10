import { defineOperation } from '../../../shared/contracts/operation';
import { flowCodeParts } from '../fields';
import { buildFlowCode as build, explainFlowCode } from '../flowCode';
import { trafficRecharge } from '../protocol';

export const buildFlowCode = defineOperation({
	resource: 'flowCode',
	operation: 'build',
	name: 'Build',
	action: 'Build the flow code of a data package: sends nothing',
	description: 'Make the code of a package from carrier, size, province and type. Sends nothing.',
	source: 'Traffic recharge, flowCode',
	effect: 'local',
	vendor: trafficRecharge,
	fields: flowCodeParts,
	options: {},
	perform: async (parts) => {
		const explained = explainFlowCode(build(parts));
		return [{ raw: explained, simplify: () => explained }];
	},
});
