import type { IAuthenticate, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { ignoreSslIssues } from '../nodes/shared/n8n/credentialFields';
import { withSslChoice } from '../nodes/shared/wire/requestOptions';
import { authenticate } from '../nodes/vendors/m2m/protocol';

export class M2mCardApi implements ICredentialType {
	name = 'm2mCardApi';

	displayName = 'M2M Card API';

	icon: Icon = {
		light: 'file:../nodes/M2m/m2mCard.svg',
		dark: 'file:../nodes/M2m/m2mCard.dark.svg',
	};

	documentationUrl = 'https://github.com/n8n-nodes-m2m-iot/n8n-nodes-m2m-iot#credentials';

	properties: INodeProperties[] = [
		{
			displayName:
				'Partner Code, Service Code and Password are shown in the left menu of the M2M console: Basic Information, then Interface Access.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'http://api.m2m10086.com:89',
			placeholder: 'e.g. http://api.m2m10086.com:89',
			description: 'Address of the platform. It may carry a path.',
			required: true,
		},
		{
			displayName: 'Partner Code',
			name: 'partnerCode',
			type: 'string',
			default: '',
			description: 'Code that the platform gave to your company (partnercode)',
			required: true,
		},
		{
			displayName: 'Service Code',
			name: 'serviceCode',
			type: 'string',
			default: '',
			description: 'Code that the platform gave to your service (servicecode)',
			required: true,
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'The interface password, not the password of the web console',
			required: true,
		},
		{
			displayName: 'Sign Content As',
			name: 'signContentAs',
			type: 'options',
			options: [
				{
					name: 'Encoded',
					value: 'encoded',
					description: 'Sign the content of a message as it is sent, URL-encoded',
				},
				{
					name: 'Raw',
					value: 'raw',
					description: 'Sign the content of a message before it is URL-encoded',
				},
			],
			default: 'encoded',
			description:
				'How the content of messages enters the signature. Change it only if messages with special characters are refused with code 0013.',
		},
		ignoreSslIssues,
	];

	// An arrow property: n8n loses a method when it serialises the type.
	authenticate: IAuthenticate = async (credentials, requestOptions) =>
		withSslChoice(authenticate(credentials, requestOptions), credentials);
}
