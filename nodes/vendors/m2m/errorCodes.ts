import type { ErrorCodes } from '../../shared/contracts/errors';

const SHOWN_IN_CONSOLE =
	'The M2M console shows it in the left menu under Basic Information > Interface Access (基础信息 > 接口接入信息).';

/** M2M §4.1, all twenty response codes. */
export const errorCodes = {
	'0000': { meaning: 'success', advice: 'Nothing to do.' },
	'0001': {
		meaning: 'internal server error',
		advice:
			'The platform failed on its side. Look-ups can be tried again later; before sending again, check whether the first message went out.',
		outcomeUnknown: true,
	},
	'0002': {
		meaning: 'IP address refused',
		advice:
			'Ask the platform to allow the public IP address from which this n8n calls it. Behind a proxy or NAT that is the address of the exit, not of the n8n machine.',
	},
	'0011': {
		meaning: 'wrong partner code',
		advice: `Check Partner Code in the credential. ${SHOWN_IN_CONSOLE}`,
	},
	'0012': {
		meaning: 'wrong service code',
		advice: `Check Service Code in the credential. ${SHOWN_IN_CONSOLE}`,
	},
	'0013': {
		meaning: 'wrong signature',
		advice: `Check Password in the credential: it is the interface password, not the one that you sign in to the web console with. ${SHOWN_IN_CONSOLE} If only messages with special characters fail, switch Sign Content As in the credential.`,
	},
	'0014': {
		meaning: 'card does not exist',
		advice:
			'Check the number: it must be a card number, ICCID, IMSI or IMEI of this account, complete and without spaces.',
	},
	'0015': {
		meaning: 'parameter error',
		advice: 'Check the parameters of this item: one of them is not what the platform expects.',
	},
	'0016': {
		meaning: 'account balance too low',
		advice: 'Top up the account at the M2M platform.',
	},
	'0017': {
		meaning: 'time format error',
		advice:
			'Check the clock of the n8n server (it must be right to the minute; the zone does not matter) and any month or date given in this item.',
	},
	'0018': {
		meaning: 'queried time is out of range',
		advice: 'Ask for a month within the last 12 months.',
	},
	'0019': {
		meaning: 'no matching record',
		advice: 'There is nothing to show for this query yet. Check the number, or try again later.',
	},
	'0021': {
		meaning: 'not enough SMS left',
		advice: 'Buy more SMS at the M2M platform.',
	},
	'0022': {
		meaning: 'malformed send key',
		advice: 'Use 10 to 16 letters and digits as Send Key, or leave it empty to have one made.',
	},
	'0023': {
		meaning: 'malformed message format',
		advice: 'Choose a Format from its list, or Custom and the number that the platform names.',
	},
	'0024': {
		meaning: 'send key was used before',
		advice:
			'A message with this Send Key was accepted earlier, so this one was not sent again. Use a new Send Key only if it is a new message.',
	},
	'0025': {
		meaning: 'wrong mobile number',
		advice:
			'Check Recipient: it must be the 13-digit number of an IoT card, or the 11-digit number of a phone with Recipient Type set to Phone.',
	},
	'0030': {
		meaning: 'no location look-ups left',
		advice: 'Buy more location look-ups at the M2M platform: each one spends one.',
	},
	'0031': {
		meaning: 'location failed',
		advice: 'The device could not be located. It may be switched off or out of coverage.',
	},
	'0032': {
		meaning: 'no data for this base station',
		advice:
			'Check country code, carrier, area code and cell ID: all four as decimal numbers, as the device reports them.',
	},
} as const satisfies ErrorCodes;
