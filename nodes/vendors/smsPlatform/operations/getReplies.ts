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
	action: 'Get replies',
	description: 'Get messages that phones sent back and the platform has not handed out yet',
	source: 'SMS §4',
	effect: 'consume',
	notice: 'The platform hands out each reply once: what this run does not keep is gone.',
	vendor: smsPlatformRows('callbox'),
	fields: { responseFormat },
	options: {},
	request: ({ responseFormat: format }) => formRequest(PATHS[format], { action: 'query' }),
	response: (reply) => rowsResponse(reply, simplifyReply),
});
