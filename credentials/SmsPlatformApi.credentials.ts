import type { IAuthenticate, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { ignoreSslIssues } from '../nodes/shared/n8n/credentialFields';
import { withSslChoice } from '../nodes/shared/wire/requestOptions';
import { authenticate } from '../nodes/vendors/smsPlatform/protocol';

/** No secret, so it stands alone: among the secrets n8n would blank it in the dialog. */
const passwordFormat: INodeProperties = {
	displayName: 'Password Format',
	name: 'passwordFormat',
	type: 'options',
	options: [
		{
			name: 'MD5',
			value: 'md5',
			description: 'Send its MD5 hash, as the document of the platform says',
		},
		{
			name: 'Plain',
			value: 'plain',
			description: 'Send it as it is',
		},
	],
	default: 'md5',
	description:
		'How the password is sent. Change it only if the platform says that a right password is wrong. SOAP and the change of the password always send it as it is.',
};

export class SmsPlatformApi implements ICredentialType {
	name = 'smsPlatformApi';

	displayName = 'SMS Platform API';

	icon: Icon = {
		light: 'file:../nodes/SmsPlatform/smsPlatform.svg',
		dark: 'file:../nodes/SmsPlatform/smsPlatform.dark.svg',
	};

	documentationUrl = 'https://github.com/n8n-nodes-m2m-iot/n8n-nodes-m2m-iot#credentials';

	properties: INodeProperties[] = [
		{
			displayName:
				'The administrator of the SMS platform (系统管理员) gives you the account (用户帐号) and its password (帐号密码).',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Account',
			name: 'account',
			type: 'string',
			default: '',
			description:
				'Account that sends (用户帐号, account). The platform advises one of its own for SMS within China, as reports and replies come by account.',
			required: true,
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Password of the account (帐号密码, password), as it was given to you',
			required: true,
		},
		passwordFormat,
		{
			displayName: 'User ID',
			name: 'userId',
			type: 'string',
			default: '',
			description:
				'Number of your company at the platform (企业ID, userid). The platform does not check it, so it may stay empty.',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://dx.ipyy.net',
			placeholder: 'e.g. https://dx.ipyy.net',
			description:
				'Address of the platform. Leave it as it is, unless the platform gave you another one. It may carry a path.',
			required: true,
		},
		{
			displayName: 'Push Token',
			name: 'pushToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'Only for the SMS Platform Trigger: letters and digits of your choice, which prove that a push is from the platform. The push address (推送地址) at the platform must then end in ?token= and these.',
		},
		ignoreSslIssues,
	];

	// An arrow property: n8n loses a method when it serialises the type.
	authenticate: IAuthenticate = async (credentials, requestOptions) =>
		withSslChoice(authenticate(credentials, requestOptions), credentials);
}
