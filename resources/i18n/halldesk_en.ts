<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name>AbsenceDialog</name>
    <message numerus="yes">
        <source>%n department(s) would have nobody.</source>
        <translation>
            <numerusform>%n department would have nobody.</numerusform>
            <numerusform>%n departments would have nobody.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n thing(s) to know before you save:</source>
        <translation>
            <numerusform>%n thing to know before you save:</numerusform>
            <numerusform>%n things to know before you save:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AbsencesView</name>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>AlarmWatch</name>
    <message numerus="yes">
        <source>Nobody is there for %n more urgent case(s).</source>
        <translation>
            <numerusform>Nobody is there for %n more urgent case.</numerusform>
            <numerusform>Nobody is there for %n more urgent cases.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BoardView</name>
    <message numerus="yes">
        <source>%n reopened</source>
        <translation>
            <numerusform>%n reopened</numerusform>
            <numerusform>%n reopened</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BringInDialog</name>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n of them was/were sent already.</source>
        <translation>
            <numerusform>%n of them was sent already.</numerusform>
            <numerusform>%n of them were sent already.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n about roles, devices or keys is/are left out.</source>
        <translation>
            <numerusform>%n about roles, devices or keys is left out.</numerusform>
            <numerusform>%n about roles, devices or keys are left out.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) sent.</source>
        <translation>
            <numerusform>%n change sent.</numerusform>
            <numerusform>%n changes sent.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) wait here to be sent.</source>
        <translation>
            <numerusform>%n change waits here to be sent.</numerusform>
            <numerusform>%n changes wait here to be sent.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BulkDialog</name>
    <message numerus="yes">
        <source>%n will change</source>
        <translation>
            <numerusform>%n will change</numerusform>
            <numerusform>%n will change</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n can&apos;t</source>
        <translation>
            <numerusform>%n can&apos;t</numerusform>
            <numerusform>%n can&apos;t</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n stay as they are</source>
        <translation>
            <numerusform>%n stays as it is</numerusform>
            <numerusform>%n stay as they are</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Changed %n case(s)</source>
        <translation>
            <numerusform>Changed %n case</numerusform>
            <numerusform>Changed %n cases</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CaseConflicts</name>
    <message numerus="yes">
        <source>%n change(s) of yours met another one</source>
        <translation>
            <numerusform>%n change of yours met another one</numerusform>
            <numerusform>%n changes of yours met others</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CaseDeeds</name>
    <message numerus="yes">
        <source>Claimed %n case(s)</source>
        <translation>
            <numerusform>Claimed %n case</numerusform>
            <numerusform>Claimed %n cases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) handed over to {name}</source>
        <translation>
            <numerusform>%n case handed over to {name}</numerusform>
            <numerusform>%n cases handed over to {name}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CaseHead</name>
    <message numerus="yes">
        <source>went through %n hand(s)</source>
        <translation>
            <numerusform>went through %n hand</numerusform>
            <numerusform>went through %n hands</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CloseAllSheet</name>
    <message numerus="yes">
        <source>%n case(s) resolved with it</source>
        <translation>
            <numerusform>%n case resolved with it</numerusform>
            <numerusform>%n cases resolved with it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ComingBack</name>
    <message numerus="yes">
        <source>%n change(s) wait(s) here and go(es) out then.</source>
        <translation>
            <numerusform>%n change waits here and goes out then.</numerusform>
            <numerusform>%n changes wait here and go out then.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) saved. They stay here as well.</source>
        <translation>
            <numerusform>%n change saved. It stays here as well.</numerusform>
            <numerusform>%n changes saved. They stay here as well.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ConflictPage</name>
    <message numerus="yes">
        <source>%n more follow(s) when these are decided</source>
        <translation>
            <numerusform>%n more follows when these are decided</numerusform>
            <numerusform>%n more follow when these are decided</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Send %n lost change(s) again from here, whoever made them?</source>
        <translation>
            <numerusform>Send %n lost change again from here, whoever made it?</numerusform>
            <numerusform>Send %n lost changes again from here, whoever made them?</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Counted</name>
    <message numerus="yes">
        <source>due in %n day(s)</source>
        <translation>
            <numerusform>due in %n day</numerusform>
            <numerusform>due in %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>overdue by %n day(s)</source>
        <translation>
            <numerusform>overdue by %n day</numerusform>
            <numerusform>overdue by %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>in %n day(s)</source>
        <translation>
            <numerusform>in %n day</numerusform>
            <numerusform>in %n days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s)</source>
        <translation>
            <numerusform>%n case</numerusform>
            <numerusform>%n cases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n page(s)</source>
        <translation>
            <numerusform>%n page</numerusform>
            <numerusform>%n pages</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open case(s)</source>
        <translation>
            <numerusform>%n open case</numerusform>
            <numerusform>%n open cases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Show %Ln earlier entr(y/ies)</source>
        <translation>
            <numerusform>Show %Ln earlier entry</numerusform>
            <numerusform>Show %Ln earlier entries</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>helped in {helped} of %Ln case(s) like this</source>
        <translation>
            <numerusform>helped in {helped} of %Ln case like this</numerusform>
            <numerusform>helped in {helped} of %Ln cases like this</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s)</source>
        <translation>
            <numerusform>%Ln row</numerusform>
            <numerusform>%Ln rows</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln row(s) left out</source>
        <translation>
            <numerusform>%Ln row left out</numerusform>
            <numerusform>%Ln rows left out</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DevicesSection</name>
    <message numerus="yes">
        <source>%n may write</source>
        <translation>
            <numerusform>%n may write</numerusform>
            <numerusform>%n may write</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n open</numerusform>
            <numerusform>%n open</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DriveCheck</name>
    <message numerus="yes">
        <source>%n thing(s) to know:</source>
        <translation>
            <numerusform>%n thing to know:</numerusform>
            <numerusform>%n things to know:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DriveHealth</name>
    <message numerus="yes">
        <source>{time}, %n behind</source>
        <translation>
            <numerusform>{time}, %n behind</numerusform>
            <numerusform>{time}, %n behind</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s)</source>
        <translation>
            <numerusform>%n change</numerusform>
            <numerusform>%n changes</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n to decide</source>
        <translation>
            <numerusform>%n to decide</numerusform>
            <numerusform>%n to decide</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportDialog</name>
    <message numerus="yes">
        <source>%n new turn(s)</source>
        <translation>
            <numerusform>%n new turn</numerusform>
            <numerusform>%n new turns</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n changed</source>
        <translation>
            <numerusform>%n changed</numerusform>
            <numerusform>%n changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n taken off</source>
        <translation>
            <numerusform>%n taken off</numerusform>
            <numerusform>%n taken off</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n as before</source>
        <translation>
            <numerusform>%n as before</numerusform>
            <numerusform>%n as before</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n left out</source>
        <translation>
            <numerusform>%n left out</numerusform>
            <numerusform>%n left out</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>… and %n more</source>
        <translation>
            <numerusform>… and %n more</numerusform>
            <numerusform>… and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ImportSection</name>
    <message numerus="yes">
        <source>%n row(s) imported</source>
        <translation>
            <numerusform>%n row imported</numerusform>
            <numerusform>%n rows imported</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListTabs</name>
    <message numerus="yes">
        <source>%n overdue</source>
        <translation>
            <numerusform>%n overdue</numerusform>
            <numerusform>%n overdue</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LogCheck</name>
    <message numerus="yes">
        <source>%n more stand(s) in the report</source>
        <translation>
            <numerusform>%n more stands in the report</numerusform>
            <numerusform>%n more stand in the report</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LostCard</name>
    <message numerus="yes">
        <source>and %n more field(s)</source>
        <translation>
            <numerusform>and %n more field</numerusform>
            <numerusform>and %n more fields</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>LostDeeds</name>
    <message numerus="yes">
        <source>%n change(s) will be sent again.</source>
        <translation>
            <numerusform>%n change will be sent again.</numerusform>
            <numerusform>%n changes will be sent again.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Gave up %n lost change(s)</source>
        <translation>
            <numerusform>Gave up %n lost change</numerusform>
            <numerusform>Gave up %n lost changes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MissingPane</name>
    <message numerus="yes">
        <source>%Ln case(s) alike, without an article</source>
        <translation>
            <numerusform>%Ln case alike, without an article</numerusform>
            <numerusform>%Ln cases alike, without an article</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln case(s) solved, no article at all</source>
        <translation>
            <numerusform>%Ln case solved, no article at all</numerusform>
            <numerusform>%Ln cases solved, no article at all</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>searched %Ln time(s) in vain</source>
        <translation>
            <numerusform>searched once in vain</numerusform>
            <numerusform>searched %Ln times in vain</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>helped in {helped} of %Ln case(s)</source>
        <translation>
            <numerusform>helped in {helped} of %Ln case</numerusform>
            <numerusform>helped in {helped} of %Ln cases</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>asked %Ln time(s) what this article answers</source>
        <translation>
            <numerusform>asked once what this article answers</numerusform>
            <numerusform>asked %Ln times what this article answers</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>asked %Ln time(s); no article was used</source>
        <translation>
            <numerusform>asked once; no article was used</numerusform>
            <numerusform>asked %Ln times; no article was used</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>passed on %Ln time(s), though this article solves it</source>
        <translation>
            <numerusform>passed on once, though this article solves it</numerusform>
            <numerusform>passed on %Ln times, though this article solves it</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MovedDialog</name>
    <message numerus="yes">
        <source>%n open case(s) get other due times</source>
        <translation>
            <numerusform>%n open case gets another due time</numerusform>
            <numerusform>%n open cases get other due times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>MovedPlace</name>
    <message numerus="yes">
        <source>%n change(s) wait(s) here and go(es) out then.</source>
        <translation>
            <numerusform>%n change waits here and goes out then.</numerusform>
            <numerusform>%n changes wait here and go out then.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Navigation</name>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n open</numerusform>
            <numerusform>%n open</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n overdue</source>
        <translation>
            <numerusform>%n overdue</numerusform>
            <numerusform>%n overdue</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>NoticeBar</name>
    <message numerus="yes">
        <source>%n times</source>
        <translation>
            <numerusform>%n time</numerusform>
            <numerusform>%n times</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n more</source>
        <translation>
            <numerusform>%n more</numerusform>
            <numerusform>%n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Notifier</name>
    <message numerus="yes">
        <source>%n more case(s) changed</source>
        <translation>
            <numerusform>%n more case changed</numerusform>
            <numerusform>%n more cases changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n case(s) changed while it was quiet</source>
        <translation>
            <numerusform>%n case changed while it was quiet</numerusform>
            <numerusform>%n cases changed while it was quiet</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Parting</name>
    <message numerus="yes">
        <source>Sending %n change(s) before Halldesk ends …</source>
        <translation>
            <numerusform>Sending %n change before Halldesk ends …</numerusform>
            <numerusform>Sending %n changes before Halldesk ends …</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) could not be sent. They are kept on this workstation and go out with the next start.</source>
        <translation>
            <numerusform>%n change could not be sent. It is kept on this workstation and goes out with the next start.</numerusform>
            <numerusform>%n changes could not be sent. They are kept on this workstation and go out with the next start.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PresenceButton</name>
    <message numerus="yes">
        <source>%n colleague(s) here</source>
        <translation>
            <numerusform>%n colleague is here</numerusform>
            <numerusform>%n colleagues are here</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ProblemDialog</name>
    <message numerus="yes">
        <source>%n incident(s) are linked to it. One Undo takes all of it back.</source>
        <translation>
            <numerusform>%n incident is linked to it. One Undo takes all of it back.</numerusform>
            <numerusform>%n incidents are linked to it. One Undo takes all of it back.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Problem made of %n incident(s)</source>
        <translation>
            <numerusform>Problem made of %n incident</numerusform>
            <numerusform>Problem made of %n incidents</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>QueuePage</name>
    <message numerus="yes">
        <source>%n new</source>
        <translation>
            <numerusform>%n new</numerusform>
            <numerusform>%n new</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n selected</source>
        <translation>
            <numerusform>%n selected</numerusform>
            <numerusform>%n selected</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RadarSection</name>
    <message numerus="yes">
        <source>Of %n product(s):</source>
        <translation>
            <numerusform>Of %n product:</numerusform>
            <numerusform>Of %n products:</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RehearsalSection</name>
    <message numerus="yes">
        <source>%n thing(s) would be without anyone.</source>
        <translation>
            <numerusform>%n thing would be without anyone.</numerusform>
            <numerusform>%n things would be without anyone.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n turn(s) given as proposed</source>
        <translation>
            <numerusform>%n turn given as proposed</numerusform>
            <numerusform>%n turns given as proposed</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReportsSection</name>
    <message numerus="yes">
        <source>%n figure(s) restated since last week.</source>
        <translation>
            <numerusform>%n figure restated since last week.</numerusform>
            <numerusform>%n figures restated since last week.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RouteDialog</name>
    <message numerus="yes">
        <source>%n there</source>
        <translation>
            <numerusform>%n there</numerusform>
            <numerusform>%n there</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Settling</name>
    <message numerus="yes">
        <source>%n open case(s) have other due times now</source>
        <translation>
            <numerusform>%n open case has another due time now</numerusform>
            <numerusform>%n open cases have other due times now</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SheetDialog</name>
    <message numerus="yes">
        <source>%n not decided</source>
        <translation>
            <numerusform>%n not decided</numerusform>
            <numerusform>%n not decided</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n draft(s), kept when you take them</source>
        <translation>
            <numerusform>%n draft, kept when you take it</numerusform>
            <numerusform>%n drafts, kept when you take them</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>StatusLine</name>
    <message numerus="yes">
        <source>%n change(s) need(s) you</source>
        <translation>
            <numerusform>%n change needs you</numerusform>
            <numerusform>%n changes need you</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n change(s) waiting</source>
        <translation>
            <numerusform>%n change waiting</numerusform>
            <numerusform>%n changes waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncDriver</name>
    <message numerus="yes">
        <source>%n change(s) of yours met another one and need(s) you.</source>
        <translation>
            <numerusform>%n change of yours met another one and needs you.</numerusform>
            <numerusform>%n changes of yours met others and need you.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The shared store has %n change(s) no more; they are kept here.</source>
        <translation>
            <numerusform>The shared store has %n change no more; it is kept here.</numerusform>
            <numerusform>The shared store has %n changes no more; they are kept here.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TellDialog</name>
    <message numerus="yes">
        <source>The words go into %n open case(s) of the department. They count as no response.</source>
        <translation>
            <numerusform>The words go into %n open case of the department. They count as no response.</numerusform>
            <numerusform>The words go into %n open cases of the department. They count as no response.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Copy %n e-mail address(es)</source>
        <translation>
            <numerusform>Copy %n e-mail address</numerusform>
            <numerusform>Copy %n e-mail addresses</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TurnDialog</name>
    <message numerus="yes">
        <source>Plan %n turn(s)</source>
        <translation>
            <numerusform>Plan %n turn</numerusform>
            <numerusform>Plan %n turns</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>TurnVerbs</name>
    <message numerus="yes">
        <source>%n turn(s) planned for {name}</source>
        <translation>
            <numerusform>%n turn planned for {name}</numerusform>
            <numerusform>%n turns planned for {name}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>WeekFiles</name>
    <message numerus="yes">
        <source>%n turn(s) written to {file}</source>
        <translation>
            <numerusform>%n turn written to {file}</numerusform>
            <numerusform>%n turns written to {file}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n half hour(s) of calls read in</source>
        <translation>
            <numerusform>%n half hour of calls read in</numerusform>
            <numerusform>%n half hours of calls read in</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n row(s) left out, the first in line {row}: {why}</source>
        <translation>
            <numerusform>%n row left out, line {row}: {why}</numerusform>
            <numerusform>%n rows left out, the first in line {row}: {why}</numerusform>
        </translation>
    </message>
</context>
</TS>
