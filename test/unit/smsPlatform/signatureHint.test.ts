import { Workflow, type INodeParameters, type INodeTypes } from 'n8n-workflow';

import { SmsPlatform } from '../../../nodes/SmsPlatform/SmsPlatform.node';

const type = new SmsPlatform();
const nodeTypes: INodeTypes = {
	getByName: () => type,
	getByNameAndVersion: () => type,
	getKnownTypes: () => ({}),
};

/** Whether n8n shows the hint, by its own engine of expressions. */
async function isHinted(parameters: INodeParameters): Promise<unknown> {
	const [hint] = type.description.hints ?? [];
	const node = { id: 'a', name: 'SMS', type: 'sms', typeVersion: 1, parameters };
	const workflow = new Workflow({
		nodes: [{ ...node, position: [0, 0] }],
		connections: {},
		active: false,
		nodeTypes,
	});
	const { expression } = workflow;
	return await expression.withIsolate(async () =>
		expression.getParameterValue(
			hint?.displayCondition ?? '',
			null,
			0,
			0,
			node.name,
			[],
			'manual',
			{},
		),
	);
}

const message = { resource: 'message', operation: 'send', to: '8613800138000' };

test.each<[boolean, INodeParameters]>([
	[true, { ...message, content: 'x' }],
	[true, { ...message, content: '={{ "x" }}' }],
	[true, { ...message, operation: 'estimate', content: '【x】 y' }],
	[false, { ...message, content: 'x【华信】 \n' }],
	[false, { ...message, content: '={{ "x【华信】" }}' }],
	[false, { ...message, content: 'x', signature: '华信' }],
	[false, { ...message, content: 'x', options: { signature: '华信' } }],
	[false, message],
	[false, { resource: 'account', operation: 'getBalance' }],
])('is shown %s for %j', async (shown, parameters) => {
	expect(await isHinted(parameters)).toBe(shown);
});
