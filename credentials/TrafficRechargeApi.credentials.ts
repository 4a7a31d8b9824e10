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
				'Sign in to the console of the platform. Account SID and Auth Token: Management > Console > Developer Account (管理 > 控制台 > 开发者主账号). App ID: Management > Application Management > Application List (管理 > 应用管理 > 应用列表) for production, Management > Experience > Feature Experience > Test Application (管理 > 体验 > 功能体验 > 测试应用) for the sandbox.',
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
					name: 'Production',
					value: 'production',
					description: 'The real platform: orders cost money',
				},
				{
					name: 'Sandbox',
					value: 'sandbox',
					description:
						'The test platform, for the test application (测试应用). It pushes nothing to the trigger.',
				},
				{
					name: 'Custom',
					value: 'custom',
					description: 'Another address, such as a proxy or a simulator',
				},
			],
			default: 'production',
			description: 'Which platform to use. The App ID must belong to it.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			displayOptions: { show: { environment: ['custom'] } },
			default: '',
			placeholder: 'e.g. http://127.0.0.1:8091',
			description: 'Address of the proxy or the simulator. It may carry a path.',
			required: true,
		},
		{
			displayName: 'Account SID',
			name: 'accountSid',
			type: 'string',
			default: '',
			description: 'The value that the console shows as ACCOUNT SID',
			required: true,
		},
		{
			displayName: 'Auth Token',
			name: 'authToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'The value that the console shows as AUTH TOKEN',
			required: true,
		},
		{
			displayName: 'App ID',
			name: 'appId',
			type: 'string',
			default: '',
			description:
				'ID of an application with the traffic function (流量功能). One of your own works when it is online, and when its IP allowlist (IP白名单) is empty or holds the address of this n8n.',
			required: true,
		},
		{
			displayName: 'Push Token',
			name: 'pushToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Only for the Traffic Recharge Trigger: letters and digits of your choice, which prove that a push is from the platform. The callback address (回调地址) at the platform must then end in ?token= and these.',
		},
		ignoreSslIssues,
	];

	// An arrow property: n8n loses a method when it serialises the type.
	authenticate: IAuthenticate = async (credentials, requestOptions) =>
		withSslChoice(authenticate(credentials, requestOptions), credentials);
}
