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
			description: 'Send the MD5 of the password, as the documentation says',
		},
		{
			name: 'Plain',
			value: 'plain',
			description: 'Send the password as it is',
		},
	],
	default: 'md5',
	description:
		'How the password is sent over HTTP. Change it only if the platform says that the password is wrong. SOAP and the change of the password always take it plain.',
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
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'https://dx.ipyy.net',
			placeholder: 'e.g. https://dx.ipyy.net',
			description: 'Address of the platform. It may carry a path.',
			required: true,
		},
		{
			displayName: 'User ID',
			name: 'userId',
			type: 'string',
			default: '',
			description: 'Number of your company at the platform (userid). It may stay empty.',
		},
		{
			displayName: 'Account',
			name: 'account',
			type: 'string',
			default: '',
			description: 'Account that the platform gave to you',
			required: true,
		},
		{
			displayName: 'Password',
			name: 'password',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description: 'Password of the account, as the platform gave it to you',
			required: true,
		},
		passwordFormat,
		{
			displayName: 'Push Token',
			name: 'pushToken',
			type: 'string',
			typeOptions: { password: true },
			default: '',
			description:
				'For the SMS Platform Trigger only: a word of your choice that pushes must carry as token in their address, since the platform does not sign them',
		},
		ignoreSslIssues,
	];

	// An arrow property: n8n loses a method when it serialises the type.
	authenticate: IAuthenticate = async (credentials, requestOptions) =>
		withSslChoice(authenticate(credentials, requestOptions), credentials);
}
