import { changePassword } from './operations/changePassword';
import { estimateMessage } from './operations/estimateMessage';
import { getBalance } from './operations/getBalance';
import { getReplies } from './operations/getReplies';
import { getReports } from './operations/getReports';
import { sendAndWait } from './operations/sendAndWait';
import { sendDomesticMessage } from './operations/sendDomesticMessage';
import { sendMessage } from './operations/sendMessage';
import { sendMessageAndWaitForDelivery } from './operations/sendMessageAndWaitForDelivery';
import { sendSoapMessage } from './operations/sendSoapMessage';

/**
 * What the SMS platform can do, in the order of use: the first of a resource is what a node opens on.
 * A list, as the names of a module come in the order of the alphabet when it is bundled.
 */
export const operations = [
	sendMessage,
	sendDomesticMessage,
	sendAndWait,
	sendMessageAndWaitForDelivery,
	estimateMessage,
	sendSoapMessage,
	getReports,
	getReplies,
	getBalance,
	changePassword,
];
