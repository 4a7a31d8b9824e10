import type { IAuthenticate, ICredentialType, Icon, INodeProperties } from 'n8n-workflow';

import { ignoreSslIssues } from '../nodes/shared/n8n/credentialFields';
import { withSslChoice } from '../nodes/shared/wire/requestOptions';
import { authenticate } from '../nodes/vendors/simBatch/protocol';

export class SimBatchApi implements ICredentialType {
	name = 'simBatchApi';

	displayName = 'SIM Batch API';

	icon: Icon = {
		light: 'file:../nodes/M2m/simBatch.svg',
		dark: 'file:../nodes/M2m/simBatch.dark.svg',
	};

	documentationUrl = 'https://github.com/n8n-nodes-m2m-iot/n8n-nodes-m2m-iot#credentials';

	properties: INodeProperties[] = [
		{
			displayName:
				'The batch query asks for no account and no password: save this credential as it is.',
			name: 'notice',
			type: 'notice',
			default: '',
		},
		{
			displayName: 'Base URL',
			name: 'baseUrl',
			type: 'string',
			default: 'http://app.szzkc.com',
			placeholder: 'e.g. http://app.szzkc.com',
			description:
				'Address of the platform. Leave it as it is, unless the platform gave you another one. It may carry a path.',
			required: true,
		},
		ignoreSslIssues,
	];

	// An arrow property: n8n loses a method when it serialises the type.
	authenticate: IAuthenticate = async (credentials, requestOptions) =>
		withSslChoice(authenticate(credentials, requestOptions), credentials);
}
