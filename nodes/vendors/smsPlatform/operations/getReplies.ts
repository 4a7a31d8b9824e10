import { defineCall } from '../../../shared/contracts/operation';
import { responseFormat } from '../fields';
import { formRequest } from '../protocol';
import { rowsResponse, smsPlatformRows } from '../rows';
import { simplifyReply } from '../values';

const PATHS = { xml: '/callApi.aspx', json: '/callJsonApi.aspx' } as const;

export const getReplies = defineCall({
	resource: 'reply',
	operation: 'getMany',
	name: 'Get Many',
	action: 'Get replies, each handed out only once',
	description: 'Get the messages that phones sent back since they were last fetched',
	source: 'SMS §4',
	effect: 'consume',
	notice: 'The platform hands out each reply once. What this run does not keep is gone.',
	vendor: smsPlatformRows('callbox'),
	fields: { responseFormat },
	options: {},
	request: ({ responseFormat: format }) => formRequest(PATHS[format], { action: 'query' }),
	response: (reply) => rowsResponse(reply, simplifyReply),
});
