import type { ErrorCodes } from '../../shared/contracts/errors';

/** All status codes of the platform; its document explains -205 (point 6), the rest are its clients'. */
export const errorCodes = {
	'0': { meaning: 'accepted', advice: 'Nothing to do.' },
	'-1': {
		meaning: 'invalid number',
		advice: 'Check Phone: the 11 digits of a mobile number in mainland China.',
	},
	'-2': {
		meaning: 'missing parameter',
		advice:
			'Check App ID in the credential and the parameters of this item: one of them is empty for the platform.',
	},
	'-3': {
		meaning: 'invalid action',
		advice:
			'The address does not know this kind of request. Check Environment and Base URL in the credential.',
	},
	'-4': {
		meaning: 'invalid JSON',
		advice:
			'Something between n8n and the platform changed the request. Check Base URL in the credential, and any proxy.',
	},
	'-100': {
		meaning: 'server fault',
		advice:
			'The platform failed on its side. Look-ups can be tried again later; before ordering again, make sure with Account: Get Balance that nothing was charged.',
		outcomeUnknown: true,
	},
	'-101': {
		meaning: 'illegal parameter',
		advice:
			'Check the flow code: the package must exist for this carrier and province, and be agreed with the platform. For Order: Get, check the request ID and ask at most once a minute.',
	},
	'-102': {
		meaning: 'illegal phone number',
		advice: 'Check Phone: the 11 digits of a mobile number in mainland China.',
	},
	'-200': {
		meaning: 'no such user',
		advice:
			'Check Account SID in the credential: it is shown in the console of the platform as ACCOUNT SID.',
	},
	'-201': {
		meaning: 'user not active',
		advice: 'Ask the platform to activate the account.',
	},
	'-202': {
		meaning: 'header check failed',
		advice:
			'Check the clock of the n8n server: it must be right to a few minutes, the zone does not matter. Then check Account SID in the credential.',
	},
	'-203': {
		meaning: 'wrong auth token',
		advice:
			'Check Auth Token in the credential: it is shown in the console of the platform as AUTH TOKEN.',
	},
	'-204': {
		meaning: 'balance exhausted',
		advice: 'Top up the account at the platform, then order again.',
	},
	'-205': {
		meaning: 'application check failed',
		advice:
			'Check that App ID and Environment in the credential belong together: the test application with Sandbox, an own one with Production. An own application must be online, have the traffic function, and its IP allowlist must be empty or hold the address from which this n8n calls.',
	},
} as const satisfies ErrorCodes;
