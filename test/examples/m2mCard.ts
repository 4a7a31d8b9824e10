import type { Example, Examples } from './example';

/** The first cards of the simulated fleet, which is the same everywhere. */
const CARDS = ['1064835816288', '1064835816289', '1064835816290'];

const forEachCard = (parameters: Example['parameters']): Example => ({
	parameters,
	items: CARDS.map((card) => ({ card })),
});

const card = '={{ $json.card }}';

export const m2mCardExamples: Examples = {
	'card.get': forEachCard({ cardKey: card }),
	'card.getStatus': forEachCard({ cardKey: card }),
	'card.getOverview': forEachCard({ cardKey: card }),
	'dataUsage.getMonthly': forEachCard({ cardKey: card, month: '' }),
	'dataUsage.getRemaining': forEachCard({ cardKey: card }),
	'sms.send': forEachCard({ recipientType: '0', mobile: card, content: '你好 Test/1+1=2' }),
	'sms.sendFormatted': forEachCard({ format: 8, mobile: card, content: '你好' }),
	// A key of its own sends it first: see the delivery of a message in the tests.
	'sms.getDelivery': { parameters: { sendKey: 'Example0SendKey1' } },
	'sms.getReplies': { parameters: { limit: 50 } },
	'device.startDiagnosis': forEachCard({ cardNumber: card }),
	'device.getDiagnosis': { parameters: { cardNumber: CARDS[0] } },
	'device.diagnose': { parameters: { cardNumber: CARDS[0] } },
	'location.locate': forEachCard({ cardKey: card }),
	'location.getBaseStation': { parameters: { mcc: '460', mnc: '0', lac: '9763', cellId: '3693' } },
};
