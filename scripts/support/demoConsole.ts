/** The console of the demonstration: what it shows of the workflows that were imported. */
import type { ExampleCard, PushKind } from '../../console/api';
import type { Workflow } from '../../test/harness';

/** What each trigger of the package is started by, and by the choice of its events where it has one. */
const PUSHES: Readonly<Record<string, Readonly<Record<string, PushKind>>>> = {
	m2mSmsTrigger: { smsSent: 'sms-sent', smsReceived: 'sms-received' },
	m2mFlowAlertTrigger: { '': 'flow-alert' },
	smsPlatformTrigger: { statusReport: 'sms-report', reply: 'sms-reply' },
	trafficRechargeTrigger: { '': 'order-status' },
};

const OWN_NODES = 'n8n-nodes-m2m-iot.';

/** The triggers for pushes of a workflow, with their production URLs. */
export function webhooksOf({ nodes }: Workflow, n8nUrl: string): ExampleCard['webhooks'] {
	return nodes.flatMap(({ type, webhookId, parameters, disabled }) => {
		const kinds = PUSHES[type.startsWith(OWN_NODES) ? type.slice(OWN_NODES.length) : ''];
		if (!kinds || webhookId === undefined || disabled) return [];
		const { events } = parameters;
		const isChosen = (event: string) =>
			!Array.isArray(events) || events.some((chosen) => chosen === event);
		return Object.entries(kinds)
			.filter(([event]) => event === '' || isChosen(event))
			.map(([, kind]) => ({ kind, url: `${n8nUrl}/webhook/${webhookId}/webhook` }));
	});
}
