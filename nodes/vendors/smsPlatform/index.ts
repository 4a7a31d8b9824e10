/** The SMS platform: what it can do, in the order of its document (sms-platform). */
export { sendMessage } from './operations/sendMessage';
export { getBalance } from './operations/getBalance';
export { getReports } from './operations/getReports';
export { getReplies } from './operations/getReplies';
export { changePassword } from './operations/changePassword';
export { sendSoapMessage } from './operations/sendSoapMessage';
// Not in the document:
export { sendDomesticMessage } from './operations/sendDomesticMessage';
