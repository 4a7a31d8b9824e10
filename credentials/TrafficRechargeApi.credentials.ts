import type { IAuthenticate, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { ignoreSslIssues } from '../nodes/shared/n8n/credentialFields';
import { withSslChoice } from '../nodes/shared/wire/requestOptions';
import { authenticate } from '../nodes/vendors/trafficRecharge/protocol';

export class TrafficRechargeApi implements ICredentialType {
	name = 'trafficRechargeApi';

	displayName = 'Traffic Recharge API';

	icon: Icon = {
		light: 'file:../nodes/TrafficRecharge/trafficRecharge.svg',
		dark: 'file:../nodes/TrafficRecharge/trafficRecharge.dark.svg',
	};

	documentationUrl = 'https://github.com/n8n-nodes-m2m-iot/n8n-nodes-m2m-iot#credentials';

	properties: INodeProperties[] = [
		{
			displayName:
				'Account SID and Auth Token are shown in the console of the platform under Management, Console, Developer Account. The App ID is that of the test application for the sandbox, and of an application of your own that is online for production.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Environment',
			name: 'environment',
			type: 'options',
			options: [
				{
					name: 'Custom',
					value: 'custom',
					description: 'Another address, such as a proxy or a simulator',
				},
				{
					name: 'Production',
					value: 'production',
					description: 'The real platform: orders cost money',
				},
				{
					name: 'Sandbox',
					value: 'sandbox',
					description: 'The test platform, for the test application',
				},
			],
			default: 'production',
			description: 'Which platform to talk to. The App ID must be of the same environment.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { environment: ['custom'] } },
			default: '',
			placeholder: 'e.g. http://127.0.0.1:8091',
			description: 'Address of the platform. It may carry a path.',
			required: true,
		},
		{
			displayName: 'Account SID',
			name: 'accountSid',
			type: 'string',
			default: '',
			description: 'ACCOUNT SID of the developer account',
			required: true,
		},
		{
			displayName: 'Auth Token',
			name: 'authToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'AUTH TOKEN of the developer account',
			required: true,
		},
		{
			displayName: 'App ID',
			name: 'appId',
			type: 'string',
			default: '',
			description: 'ID of an application that has the traffic function',
			required: true,
		},
		{
			displayName: 'Push Token',
			name: 'pushToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'A text of your choice that protects the trigger, as the platform does not sign its pushes. When it is set, the callback address at the platform must end in ?token= and this text.',
		},
		ignoreSslIssues,
	];

	// An arrow property: n8n loses a method when it serialises the type.
	authenticate: IAuthenticate = async (credentials, requestOptions) =>
		withSslChoice(authenticate(credentials, requestOptions), credentials);
}
