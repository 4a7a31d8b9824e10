/** What the M2M Card node has of the M2M platform, be the SIM batch query beside it or not. */
import type { NodeHint } from 'n8n-workflow';

export const m2mResources = {
	card: 'Card',
	fleet: 'Fleet',
	dataUsage: 'Data Usage',
	sms: 'SMS',
	device: 'Device',
	location: 'Location',
};

export const recipientHint: NodeHint = {
	message:
		'Recipient looks like the number of a phone, but Recipient Type is IoT Card: choose Phone, unless it is a card.',
	type: 'info',
	location: 'ndv',
	whenToDisplay: 'beforeExecution',
	displayCondition:
		'={{ $parameter["resource"] === "sms" && $parameter["recipientType"] === "0" && /^1[3-9]\\d{9}$/.test(String($parameter["mobile"]).replace(/\\D/g, "")) }}',
};
