import { webhooksOf } from '../../../scripts/support/demoConsole';

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
