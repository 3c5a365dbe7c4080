//! What the README and the first start tell newcomers to type works as it is printed.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::Arc;

use crate::harness::{App, Backend, Database, Server, both};

both![the_lines_that_the_demo_prints_work_as_printed, the_main_job_works_as_it_is_told];

const README: &str = include_str!("../README.md");

/// Runs lines in a shell, each of which has to succeed and to print no problem.
fn shell(folder: &Path, environment: &[(&str, &str)], script: &str) -> String {
    let done = Command::new("sh")
        .args(["-e", "-c", script])
        .current_dir(folder)
        .envs(environment.iter().copied())
        .env("no_proxy", "*")
        .output()
        .expect("run a shell");
    let (printed, complaint) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success(), "{script}\nprinted {printed}\nand complained {complaint}");
    assert!(!printed.contains("/problems/") && !printed.contains("\"errors\":[{"), "{script}\nprinted {printed}");

    printed.into_owned()
}

async fn the_lines_that_the_demo_prints_work_as_printed(backend: Backend) {
    let app = App::start(backend, &["--demo"]).await;
    let printed = app.server.printed();
    let lines: Vec<&str> = printed.lines().map(str::trim).filter(|line| line.starts_with("export ") || line.starts_with("curl ")).collect();
    let [export, calls @ ..] = lines.as_slice() else { panic!("no lines to try in {printed}") };
    assert_eq!(calls.len(), 6, "{printed}");

    for call in calls {
        let answer =
            shell(app.server.database.folder(), &[], &format!("{export}\n{}", call.replacen("curl ", "curl -sS --fail-with-body ", 1)));

        assert!(
            ["community", "forum statistics", "growth_rate", "isPartial"].iter().any(|word| answer.contains(word)),
            "{call}\nprinted {answer}"
        );
    }
}

/// The code block of the README after this line, with the continuation lines it has.
fn block(after: &str) -> String {
    let (_, rest) = README.split_once(after).unwrap_or_else(|| panic!("the README does not say `{after}`"));
    let (_, rest) = rest.split_once("```sh\n").expect("a block of code follows");

    rest.split("```").next().unwrap_or_default().to_owned()
}

/// Documents of the shapes that the README names.
fn documents(folder: &Path) {
    let nested = "# 2020-Q1 OKRs\n\n1. **CEO: Grow with care**\n   1. CEO KR: Keep burn under $200k.\n   1. **Product: Make it a joy**\n      1. Product KR: Interview 12 writers.\n";
    let blog = "date 2017-01-26 Here are our goals for the quarter.\n\nObjective 1 – One approach to mobilizers\n\nKR 1 – The framework is shared\n\nKR 2 – 50% of activities are prioritized ones\n\nKR 3 – Core community sentiment > 11.5 NPS (Net Promoter Score)\n\nObjective 2 – A strong base\n\nKR 1 – At least 50 people have answered\n";
    let template = "### Objective 1: Lay the ground\n\n#### Key Results:\n- **KR 1.1**: Achieve [X] active members by [date]\n";
    for (name, text) in [("004.md", nested), ("001.md", blog), ("000.md", template)] {
        fs::write(folder.join(name), text).expect("write a document");
    }
}

async fn the_main_job_works_as_it_is_told(database: Arc<Database>) {
    let server = Server::start(&database, &[]).await;
    let (url, token) = (server.url(), server.owner_token().expect("the first start prints a token"));
    documents(database.folder());
    let program = database.waymark(&[]);
    let mut environment = vec![("URL".to_owned(), url.clone()), ("T".to_owned(), token.clone())];
    environment.extend(program.get_envs().filter_map(|(name, value)| Some((name.to_str()?.to_owned(), value?.to_str()?.to_owned()))));
    let environment: Vec<(&str, &str)> = environment.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    let waymark = format!("waymark() {{ '{}' \"$@\"; }}\n", program.get_program().display());
    let run = |script: &str| {
        shell(database.folder(), &environment, &format!("{waymark}{}", script.replace("curl ", "curl -sS --fail-with-body ")))
    };

    let imported = run(&block("## The main job, on real documents"));
    assert!(imported.contains("2 objectives, 4 key results") && imported.contains("\"dryRun\": true"), "{imported}");

    let scores = block("Then record what was measured");
    let calls = scores.split_once('\n').map_or("", |(_, calls)| calls);
    assert!(scores.starts_with("export URL="), "the first line is the one to fill in: {scores}");
    let answered = run(calls);
    assert!(answered.contains("2017-Q1.company.O1-KR3") && answered.contains("One approach to mobilizers"), "{answered}");

    let events = block("## Feed it events");
    assert!(run(&events).contains("\"created\":2"), "{events}");
    assert!(run(&events).contains("\"unchanged\":2"), "{events}");

    run("git init -q . && git -c user.name=Ada -c user.email=ada@example.org commit -q --allow-empty -m 'Begin'");
    let history = run(&block("The history of any repository"));
    assert!(history.contains("1 events: 1 created") && history.contains("start,end,isPartial,value"), "{history}");

    let read = run(&block("## Read metrics"));
    assert!(
        read.contains("start,end,isPartial,value") && read.contains("\"guardrailHeld\"") && read.contains("COHORT_RETENTION"),
        "{read}"
    );
    let programs = run(&block("What is tagged with an initiative"));
    assert!(programs.contains("\"meanRating\"") && programs.contains("\"evidenceMetric\":{"), "{programs}");
    let own = run(&block("What no event can show"));
    assert!(own.contains("\"created\":1") && own.contains("\"value\":42500") && own.contains("\"health\":\"MET\""), "{own}");
    let bound = run(&block("## Let metrics move key results"));
    assert!(bound.contains("\"metric\":\"support_share\"") && bound.contains("\"standing\":{"), "{bound}");
    let asked = run(&block("What people say when they are asked"));
    assert!(asked.contains("\"survey\":\"reps-2017q1\"") && asked.contains("\"reason\":\"FEW_ANSWERS\""), "{asked}");

    let receipt = run(&block("## Forget somebody"));
    assert!(receipt.contains("\"kind\":\"ERASED\"") && receipt.contains("\"events\":1"), "{receipt}");

    // Elsewhere is another directory, which is SQLite's, whatever the first database was.
    let exported = block("Export gives Markdown").replace("waymark --data", "unset DATABASE_URL\nwaymark --data");
    run(&exported);
    let again = run("unset DATABASE_URL\nwaymark --data ./elsewhere export --cycle 2017-Q1");
    assert_eq!(again, fs::read_to_string(database.folder().join("2017-Q1.md")).expect("the export was written"));
}
