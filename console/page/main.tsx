import { render } from 'preact';
import { App } from './App';
import { faults } from './state/faults';
import { inbox } from './state/inbox';
import { connect } from './state/live';
import { orders } from './state/orders';
import { overview } from './state/overview';
import { phones } from './state/phones';
import { pushKinds, pushes, subscriptions } from './state/pushes';
import { requests } from './state/requests';
import './styles/index.css';

// All of it is small, and any view may be the next.
const read = [overview, faults, requests, phones, orders, pushKinds, pushes, subscriptions, inbox];
for (const each of read) void each.reload();
connect();

const root = document.getElementById('app');
if (root) render(<App />, root);
