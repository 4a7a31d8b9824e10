import { webhooksOf } from '../../../scripts/support/demoConsole';
import { exampleCards } from '../../../scripts/support/exampleCards';
import { exampleFiles, readExample } from '../../support/exampleFiles';

const node = (type: string, parameters: Record<string, string[]> = {}, disabled = false) => ({
	id: type,
	name: type,
	type,
	typeVersion: 2,
	position: [0, 0] as [number, number],
	webhookId: `hook-${type.split('.')[1]}`,
	parameters,
	disabled,
});

const kindsOf = (...nodes: Array<ReturnType<typeof node>>) =>
	webhooksOf({ name: 'x', nodes, connections: {} }, 'http://n8n');

test('a trigger is subscribed to what its events choose', () => {
	expect(
		kindsOf(
			node('n8n-nodes-m2m-iot.m2mFlowAlertTrigger'),
			node('n8n-nodes-m2m-iot.smsPlatformTrigger', { events: ['reply'] }),
			node('n8n-nodes-m2m-iot.m2mSmsTrigger'),
		),
	).toEqual([
		{ kind: 'flow-alert', url: 'http://n8n/webhook/hook-m2mFlowAlertTrigger/webhook' },
		{ kind: 'sms-reply', url: 'http://n8n/webhook/hook-smsPlatformTrigger/webhook' },
		{ kind: 'sms-sent', url: 'http://n8n/webhook/hook-m2mSmsTrigger/webhook' },
		{ kind: 'sms-received', url: 'http://n8n/webhook/hook-m2mSmsTrigger/webhook' },
	]);
});

test('other triggers, and those that are switched off, get nothing', () => {
	expect(
		kindsOf(
			node('n8n-nodes-base.webhook'),
			node('n8n-nodes-m2m-iot.m2mFlowAlertTrigger', {}, true),
		),
	).toEqual([]);
});

test.each(exampleFiles())('%s is called where it listens', (file) => {
	const workflow = readExample(file);
	const paths = workflow.nodes.flatMap(({ type, webhookId, parameters }) => {
		const { path, options } = parameters as { path?: string; options?: { path?: string } };
		if (type === 'n8n-nodes-base.webhook') return [`webhook/${path}`];
		// The form trigger of n8n takes the first of them that is set.
		if (type === 'n8n-nodes-base.formTrigger')
			return [`form/${path ?? options?.path ?? webhookId}`];
		return [];
	});
	const imported = { id: '1', workflow, isActive: true };
	const cards = exampleCards('http://n8n', new Map([[file, imported]]));
	expect(cards.flatMap(({ calls }) => calls.map(({ url }) => url.split('?')[0]))).toEqual(
		paths.map((path) => `http://n8n/${path}`),
	);
});
