/** Fields that credentials have whatever vendor they are for. */
import type { INodeProperties } from 'n8n-workflow';

/** As n8n's HTTP Request node has it. */
export const ignoreSslIssues: INodeProperties = {
	displayName: 'Ignore SSL Issues (Insecure)',
	name: 'allowUnauthorizedCerts',
	type: 'boolean',
	default: false,
	description: 'Whether to connect even if SSL certificate validation is not possible',
};
