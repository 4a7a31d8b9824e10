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
				'Sign in to the M2M console. In the menu on the left, open Basic Information > Interface Access (基础信息 > 接口接入信息): it shows the three values that come first here.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Partner Code',
			name: 'partnerCode',
			type: 'string',
			default: '',
			description: 'Number of your company at the platform (第三方平台编码, partnercode)',
			required: true,
		},
		{
			displayName: 'Service Code',
			name: 'serviceCode',
			type: 'string',
			default: '',
			description: 'Number of your service at the platform (业务编码, servicecode)',
			required: true,
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Password of the interface (接口密码, password), not the one that you sign in to the console with',
			required: true,
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'http://api.m2m10086.com:89',
			placeholder: 'e.g. http://api.m2m10086.com:89',
			description:
				'Address of the platform. Leave it as it is, unless the platform gave you another one. It may carry a path.',
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
					description: 'Sign the text as it is sent, URL-encoded',
				},
				{
					name: 'Raw',
					value: 'raw',
					description: 'Sign the text before it is URL-encoded',
				},
			],
			default: 'encoded',
			description:
				'How the text of SMS enters the signature. Change it only if SMS with special characters are refused with code 0013.',
		},
		ignoreSslIssues,
	];

	// An arrow property: n8n loses a method when it serialises the type.
	authenticate: IAuthenticate = async (credentials, requestOptions) =>
		withSslChoice(authenticate(credentials, requestOptions), credentials);
}
